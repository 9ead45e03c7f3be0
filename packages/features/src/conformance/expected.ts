/**
 * Digests of the reference kernels' integer sums by kernel and picture.
 * Written by `npm run digests -- --write`; a test compares them with the kernels.
 */
export const EXPECTED_DIGESTS: Readonly<Record<string, string>> = {
  'vif texture 176x144 8-bit': '9c77e986eb243aba91ec9604af43ca0c98a26ff290f5fa77a80f3c4d4c073ad2',
  'adm texture 176x144 8-bit': '7bcf77512005f8f60e1f2947ea822a106686434c5fbc6bf2df935ee84a5c016b',
  'motion texture 176x144 8-bit':
    'd3b12e214fae77c6cdca00c2f82b1f1f1f4e93653c67b796b9ebcf43cc91ac7e',
  'vif texture-odd 97x63 10-bit':
    '873e7cb5fd736c488ce6452fec4ad037d984c30633f59ac120ce83b51aa109d5',
  'adm texture-odd 97x63 10-bit':
    '8d6e2216849bc69e9ed6553c6f87fd6d6a28aba45863136c7dc4325bf2d335b6',
  'motion texture-odd 97x63 10-bit':
    '29504814d627ee0d250d553fe26cd5b004db7e4796e2f1eb19524beeb7c8cdc4',
  'vif two-level-noise 65x66 8-bit':
    'ad117854360ee98d8b776276e0ea863c83fd051e539dfdc16adb2a1876446fe3',
  'adm two-level-noise 65x66 8-bit':
    'c477bf096a83c161a59ca0550c5bf9cfb2293adc2a558a2ccdb256abf0e48163',
  'motion two-level-noise 65x66 8-bit':
    '8eb1cb5b774c4057abea98a078cd9ed6028cd8b1f3484fc269ac985a0d60f9f1',
  'vif uniform-noise 83x50 12-bit':
    '47b8e9043d95ec29ce5d58bb343dc13a5ad175de111f3295ab583fe5095a79c0',
  'adm uniform-noise 83x50 12-bit':
    'ffea396e239c7573e3e6ef4d80bd10b3d34b8f6ad594c598be03ac0943d3de31',
  'motion uniform-noise 83x50 12-bit':
    'd0f145713712b62280bd39a2e533c559c08553f5b688602136c0f5927edde5a2',
  'vif extreme-stripes 64x64 16-bit':
    'c9523fc3f4e0293a403677801f5e240528c722ef1e33144c55b5f17a1784c6b1',
  'adm extreme-stripes 64x64 16-bit':
    'e8458268682e21f767f7aae481532593b03e2a2db7bf03393d7b47335f1f88e7',
  'motion extreme-stripes 64x64 16-bit':
    'bcb0e8e13f69aad0aea5ca766746a2b757b6593ac0b154492c1c2c8a0d8fbf9e',
  'vif near-flat 161x91 8-bit': '9022b22ee14f9ef21bfd5a2e5361f55768f1ffc198c6c2df63fe565b8e640fcc',
  'adm near-flat 161x91 8-bit': '7056209dad2db75c1c5d928c02ee73893f8e5d682986ba774dc3c6cdfc3cdc3b',
  'motion near-flat 161x91 8-bit':
    '073a4e91a54ce3c441d80c923f784de16b90b3585158d4da4fa8a3f99bda2591',
  'vif enhanced 100x75 8-bit': '09a4a0b3e7c90491f387e5ae288dc1c1c1fdaea76a5007ba78244b9baca1e1b3',
  'adm enhanced 100x75 8-bit': '7348c54f3e190caf76b524137efbce93c0cbeecc7bfa552d5e43ef919ff8e11f',
  'motion enhanced 100x75 8-bit':
    '80e7180b3aa6ffa675b958861f9e4dd130d34421fcb03f8b26c336c22d3dc273',
};
