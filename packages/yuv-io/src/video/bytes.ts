/** Views of bytes, whatever they came in. */

/** The same bytes as a `Uint8Array`, not copied. */
export const viewBytes = (data: AllowSharedBufferSource): Uint8Array =>
  ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
