// The values of spec/test-vectors.md. Origin: libvmaf 3.2.0, release build, GNU
// C library 2.36, 17 digits; the integer sums come from the implementation that
// verified the specification and whose features equal the library's.

/** One scale of one pair. */
export interface Row {
  readonly den: readonly [bigint, bigint, bigint];
  readonly num: readonly [bigint, bigint, bigint];
  /** Nine digits: enough to tell one binary32 value from the next. */
  readonly denPooled: number;
  readonly numPooled: number;
  readonly admScale: number;
}

/** All published ADM values of one pair. */
export interface Expected {
  readonly rows: readonly [Row, Row, Row, Row];
  readonly adm2: number;
  readonly aim: number;
  readonly adm3: number;
}

/** Frame 0 of the 8-bit pair. */
export const EIGHT_BITS: Expected = {
  rows: [
    {
      den: [987922602681n, 3818736034096n, 1624081258038n],
      num: [417475083238784n, 1007823736531066n, 126879592970134n],
      denPooled: 17.8450279,
      numPooled: 15.7622938,
      admScale: 0.8832877081005488,
    },
    {
      den: [12663302306419n, 437356339729416n, 96867866585615n],
      num: [2000367146102n, 79821869652528n, 1096706442683n],
      denPooled: 25.2314529,
      numPooled: 22.4872341,
      admScale: 0.89123817670692207,
    },
    {
      den: [13147310516585n, 148010969139080n, 23658640036505n],
      num: [3663147212325n, 41136410260636n, 971287519490n],
      denPooled: 43.8797607,
      numPooled: 41.1394615,
      admScale: 0.93754981388905112,
    },
    {
      den: [9012992519857n, 68151883286795n, 29128140282888n],
      num: [6409760341871n, 49201110149666n, 6734119434128n],
      denPooled: 61.7813377,
      numPooled: 60.1626511,
      admScale: 0.97379974705486494,
    },
  ],
  adm2: 0.93824063242421318,
  aim: 0.0049147101598474956,
  adm3: 0.96666296113218286,
};

/** Frame 0 of the 10-bit pair. */
export const TEN_BITS: Expected = {
  rows: [
    {
      den: [987922602681n, 3818304564935n, 1624081258038n],
      num: [419400781091099n, 1010424138190161n, 126787692486978n],
      denPooled: 17.8448677,
      numPooled: 15.7682791,
      admScale: 0.88363104367855405,
    },
    {
      den: [12667010876921n, 437611889122196n, 96867728507309n],
      num: [2000035836416n, 79733593790971n, 1094623711747n],
      denPooled: 25.2341347,
      numPooled: 22.4815922,
      admScale: 0.89091987772595427,
    },
    {
      den: [13147036239533n, 147982548114149n, 23657850549367n],
      num: [3658559718691n, 41133952783070n, 970514891754n],
      denPooled: 43.8781662,
      numPooled: 41.133461,
      admScale: 0.9374471305896388,
    },
    {
      den: [9013283795122n, 68167915688980n, 29128022740952n],
      num: [6318714014275n, 48984647644516n, 6701699597463n],
      denPooled: 61.7837601,
      numPooled: 60.0289116,
      admScale: 0.9715969297075211,
    },
  ],
  adm2: 0.93728232779303777,
  aim: 0.0048827103644682734,
  adm3: 0.96619980871428468,
};

/** The pair with a flat half. */
export const FLAT_HALF: Expected = {
  rows: [
    {
      den: [529025786219n, 1988457537670n, 816736157680n],
      num: [216196071531297n, 534513482175322n, 62935232353985n],
      denPooled: 16.2852516,
      numPooled: 14.6032209,
      admScale: 0.89671448023591027,
    },
    {
      den: [7056859055142n, 193789406352593n, 48504437697672n],
      num: [1088298676958n, 34285150219714n, 550582763380n],
      denPooled: 21.076767,
      numPooled: 18.8249893,
      admScale: 0.89316304287233572,
    },
    {
      den: [12024384071699n, 74602147656995n, 11733647512285n],
      num: [3496863555028n, 19635793539591n, 510626373553n],
      denPooled: 37.5365028,
      numPooled: 35.1786041,
      admScale: 0.93718384681902966,
    },
    {
      den: [9491053367188n, 30583000291533n, 13342518401407n],
      num: [6771590772055n, 21635424574071n, 3039052668646n],
      denPooled: 51.7570839,
      numPooled: 50.2147903,
      admScale: 0.97020130516283065,
    },
  ],
  adm2: 0.9381472255577803,
  aim: 0.0083809390960960968,
  adm3: 0.96488314323084212,
};
