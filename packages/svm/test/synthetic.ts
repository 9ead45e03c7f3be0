// Small models of our own making, as JSON values, to be damaged by tests.

/** A `model_dict` and its file. */
export type Json = Record<string, unknown>;

/** Text of a small libsvm model with two features. */
export const SMALL_SVM = [
  'svm_type nu_svr',
  'kernel_type rbf',
  'gamma 0.5',
  'nr_class 2',
  'total_sv 3',
  'rho -0.25',
  'SV',
  '1.5 1:0.5 2:0.25 ',
  '-2 2:0.75 ',
  '0.5 1:1 ',
  '',
].join('\n');

const FEATURES = ['VMAF_integer_feature_adm2_score', 'VMAF_integer_feature_motion2_score'];

/** A `model_dict` of a small single model; `changes` replace members. */
export const smallDict = (changes: Json = {}): Json => ({
  model_type: 'LIBSVMNUSVR',
  feature_names: FEATURES,
  norm_type: 'linear_rescale',
  slopes: [0.01, 2, 0.05],
  intercepts: [-0.3, -1, 0.01],
  score_clip: [0, 100],
  model: SMALL_SVM,
  ...changes,
});

/** JSON text of a small single model. */
export const smallModel = (changes: Json = {}): string =>
  JSON.stringify({ model_dict: smallDict(changes) });

/** JSON text of a small collection; member i has rho moved by i / 1000. */
export const smallCollection = (
  count = 5,
  change: (dict: Json, i: number) => Json = (dict) => dict,
): string =>
  JSON.stringify(
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        String(i),
        {
          model_dict: change(
            smallDict({
              model_type: 'BOOTSTRAP_LIBSVMNUSVR',
              model: SMALL_SVM.replace('rho -0.25', `rho ${-0.25 + i / 1000}`),
            }),
            i,
          ),
        },
      ]),
    ),
  );

/** Raw score of the small model at two features, written out again with `Math.exp`. */
export const smallRaw = (adm2: number, motion2: number, rho = -0.25): number => {
  const x = 2 * adm2 - 1;
  const y = 0.05 * motion2 + 0.01;
  const kernel = (a: number, b: number): number =>
    Math.exp(-0.5 * ((x - a) * (x - a) + (y - b) * (y - b)));
  const sum = 1.5 * kernel(0.5, 0.25) - 2 * kernel(0, 0.75) + 0.5 * kernel(1, 0);
  return (sum - rho + 0.3) / 0.01;
};
