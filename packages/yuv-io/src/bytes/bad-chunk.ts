/** What a byte stream must not deliver. */

/** A chunk that is not bytes: a string, an array, an object-mode stream's value. */
export class BadChunk extends TypeError {
  override readonly name = 'BadChunk';

  constructor(chunk: unknown) {
    const kind = chunk === null ? 'null' : typeof chunk;
    super(`the stream delivered a chunk of type ${kind}; Uint8Array is needed`);
  }
}
