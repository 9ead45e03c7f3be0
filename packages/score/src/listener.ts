/** Calling back into the caller's code, whose faults are not ours. */
import { TinyVmafException } from '@tinyvmaf/core';

/**
 * Waits for a listener. What it throws becomes `BadArgument` that names it; a
 * `TinyVmafException` passes.
 */
export const notify = async (
  name: 'onStart' | 'onFrame',
  call: () => void | Promise<void>,
): Promise<void> => {
  try {
    await call();
  } catch (thrown) {
    if (thrown instanceof TinyVmafException) throw thrown;
    throw new TinyVmafException({
      _tag: 'BadArgument',
      argument: `request.${name}`,
      rule: 'must not throw',
      value: thrown instanceof Error ? thrown.message : String(thrown),
      cause: thrown,
    });
  }
};
