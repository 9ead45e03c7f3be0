// onnxruntime-node as tests use it: one thread, and inputs by name.
import * as ort from 'onnxruntime-node';

/** Runs a model's bytes on frames. */
export interface Session {
  run(features: Float32Array, mask?: Float32Array): Promise<Float32Array>;
}

/** A session over bytes. */
export const openSession = async (bytes: Uint8Array): Promise<Session> => {
  const session = await ort.InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  return {
    run: async (features, mask) => {
      const rows = features.length / 6;
      const feeds: Record<string, ort.Tensor> = {
        features: new ort.Tensor('float32', features, [rows, 6]),
      };
      if (mask !== undefined) feeds['mask'] = new ort.Tensor('float32', mask, [rows]);
      const { vmaf } = await session.run(feeds);
      return vmaf!.data as Float32Array;
    },
  };
};

/** How many numbers differ in their bits. */
export const differing = (a: Float32Array, b: Float32Array): number => {
  if (a.length !== b.length) throw new Error(`${a.length} numbers, not ${b.length}`);
  let count = 0;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) count++;
  return count;
};
