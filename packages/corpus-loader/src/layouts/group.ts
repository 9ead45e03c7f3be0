/**
 * Contents that hide under several names. The unit of every split is the group,
 * and a clip on both sides of a split makes every figure worthless, so a name
 * that may mean the same content does.
 */

/**
 * Group of a content: its name without a trailing `_8s`. Some contents of
 * AVT-VQDB-UHD-1 are in several of its tests, as `water_netflix` and
 * `water_netflix_8s`: the same pictures, cut to eight seconds.
 */
export const contentGroup = (name: string): string => name.replace(/(?<=.)_8s$/, '');
