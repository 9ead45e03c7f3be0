/**
 * The registry and the files of its models, so that browsers need no request.
 * Written by tools/scripts/src/release-models.mjs; a test compares it with
 * registry.json and files/.
 */
import type { Registry } from './registry.js';

/** As in registry.json. */
export const REGISTRY: Registry = {
  format: 'tinyvmaf-registry',
  version: 1,
  models: [
    {
      id: 'a5',
      title: 'The default student of vmaf_v0.6.1: forty radial basis functions',
      limits: [
        'imitates vmaf_v0.6.1: it knows nothing that its teacher does not know',
        'needs the integer features of libvmaf 3.2.0',
        'up to 2.6e-5 points off on real video, 0.0033 far outside its range',
      ],
      file: 'files/a5.onnx',
      bytes: 1845,
      sha256: 'e693ec0e43a33d73d99aebf623bc2d5c32e241921597e09aa1bb8f267aad0b3e',
      parameters: 287,
      architecture: {
        id: 'a5',
        version: 1,
        options: {
          centres: 40,
        },
      },
      tier: 'nano',
      teacher: {
        name: 'vmaf_v0.6.1',
        sha256: '5950d61fa1f861bd45d8149d80539ed9f3376cfc2495b8f0fa8e9f57cb131ee3',
      },
      serves: ['vmaf_v0.6.1', 'vmaf_v0.6.1neg'],
      recipe: {
        id: 'a5',
        seed: 1,
      },
      measurements: [
        {
          rows: '14 sources that nobody looked at before, 6 rungs (x264, x265; full, half, third height), 24 frames each',
          count: 1932,
          sources: 14,
          provenance: 'tinyvmaf corpus ladder, extract, export',
          rmse: 0.00000619,
          max: 0.0000257,
          p99: 0.0000157,
          plcc: 0.999999999999975,
          srocc: 1,
          worst: {
            source: 'ToyRabbit',
            rmse: 0.00000826,
            max: 0.0000197,
          },
        },
        {
          rows: 'random points within the domain',
          count: 20000,
          provenance: 'evaluateSynthetic of @tinyvmaf/distill',
          rmse: 0.00000983,
          max: 0.000112,
          p99: 0.0000367,
          plcc: 0.9999999999999943,
          srocc: 0.9999999999845114,
        },
        {
          rows: 'random points far outside',
          count: 5000,
          provenance: 'evaluateSynthetic of @tinyvmaf/distill',
          rmse: 0.0002,
          max: 0.00327,
          p99: 0.000748,
          plcc: 0.9999999999841233,
          srocc: 0.9999999995384244,
        },
      ],
    },
    {
      id: 'a5-nano',
      title: 'The smallest student of vmaf_v0.6.1: eight radial basis functions',
      limits: [
        'imitates vmaf_v0.6.1: it knows nothing that its teacher does not know',
        'needs the integer features of libvmaf 3.2.0',
        'up to 0.0011 points off on real video, 0.083 far outside its range',
      ],
      file: 'files/a5-nano.onnx',
      bytes: 947,
      sha256: '18fb697b92bfaf217c6663fd4c9dc205c97bc10f64e9f7c3f759018f90ccde59',
      parameters: 63,
      architecture: {
        id: 'a5',
        version: 1,
        options: {
          centres: 8,
        },
      },
      tier: 'nano',
      teacher: {
        name: 'vmaf_v0.6.1',
        sha256: '5950d61fa1f861bd45d8149d80539ed9f3376cfc2495b8f0fa8e9f57cb131ee3',
      },
      serves: ['vmaf_v0.6.1', 'vmaf_v0.6.1neg'],
      recipe: {
        id: 'a5-nano',
        seed: 1,
      },
      measurements: [
        {
          rows: '14 sources that nobody looked at before, 6 rungs (x264, x265; full, half, third height), 24 frames each',
          count: 1932,
          sources: 14,
          provenance: 'tinyvmaf corpus ladder, extract, export',
          rmse: 0.000388,
          max: 0.00107,
          p99: 0.00102,
          plcc: 0.9999999999292473,
          srocc: 0.9999999945917294,
          worst: {
            source: 'RoverRig',
            rmse: 0.000649,
            max: 0.00107,
          },
        },
        {
          rows: 'random points within the domain',
          count: 20000,
          provenance: 'evaluateSynthetic of @tinyvmaf/distill',
          rmse: 0.000707,
          max: 0.0106,
          p99: 0.00265,
          plcc: 0.9999999997748045,
          srocc: 0.9999999986664669,
        },
        {
          rows: 'random points far outside',
          count: 5000,
          provenance: 'evaluateSynthetic of @tinyvmaf/distill',
          rmse: 0.00956,
          max: 0.0832,
          p99: 0.0359,
          plcc: 0.999999965722714,
          srocc: 0.9999975187719136,
        },
      ],
    },
    {
      id: 'a5-4k',
      title: 'The student of vmaf_4k_v0.6.1: forty radial basis functions',
      limits: [
        'imitates vmaf_4k_v0.6.1: it knows nothing that its teacher does not know',
        'needs the integer features of libvmaf 3.2.0',
        'up to 3.6e-5 points off on real video, 0.0019 far outside its range',
      ],
      file: 'files/a5-4k.onnx',
      bytes: 1845,
      sha256: '6be22e9466f79060e994e555b114ee208718c31a96a4469f5e1edf4fa585df9c',
      parameters: 287,
      architecture: {
        id: 'a5',
        version: 1,
        options: {
          centres: 40,
        },
      },
      tier: 'nano',
      teacher: {
        name: 'vmaf_4k_v0.6.1',
        sha256: '73b187001309703c89d57cf58baab01660bd11e4ea6fac62bc064c5f5da6dac8',
      },
      serves: ['vmaf_4k_v0.6.1', 'vmaf_4k_v0.6.1neg'],
      recipe: {
        id: 'a5-4k',
        seed: 1,
      },
      measurements: [
        {
          rows: '14 sources that nobody looked at before, 6 rungs (x264, x265; full, half, third height), 24 frames each',
          count: 1932,
          sources: 14,
          provenance: 'tinyvmaf corpus ladder, extract, export',
          rmse: 0.00000674,
          max: 0.0000361,
          p99: 0.0000183,
          plcc: 0.9999999999999396,
          srocc: 1,
          worst: {
            source: 'ClayHammock',
            rmse: 0.0000118,
            max: 0.0000361,
          },
        },
        {
          rows: 'random points within the domain',
          count: 20000,
          provenance: 'evaluateSynthetic of @tinyvmaf/distill',
          rmse: 0.0000126,
          max: 0.000155,
          p99: 0.0000492,
          plcc: 0.9999999999999629,
          srocc: 0.9999999999828669,
        },
        {
          rows: 'random points far outside',
          count: 5000,
          provenance: 'evaluateSynthetic of @tinyvmaf/distill',
          rmse: 0.000163,
          max: 0.00188,
          p99: 0.000743,
          plcc: 0.9999999999860405,
          srocc: 0.9999999995239712,
        },
      ],
    },
  ],
};

/** Files in base64, by model. */
export const FILES: Readonly<Record<string, string>> = {
  a5: 'CAg6ygwKHgoIZmVhdHVyZXMSAWEiBENhc3QqCQoCdG8YC6ABAgoOCgFhCgFiEgFjIgNNdWwKFwoBZBIBZSIEQ2FzdCoJCgJ0bxgLoAECCg4KAWMKAWUSAWYiA1N1YgoOCgFmCgFmEgFnIgNNdWwKJQoBZwoBaBIBaSIJUmVkdWNlU3VtKg8KCGtlZXBkaW1zGACgAQIKCwoBaRIBaiIDTmVnCgsKAWoSAWsiA0V4cAoXCgFsEgFtIgRDYXN0KgkKAnRvGAugAQIKEQoBbQoBaxIBbiIGTWF0TXVsCg4KAW4KAW8SAXAiA0FkZAoSCgFwCgFxCgFyEgFzIgRDbGlwChoKAXMSBHZtYWYiBENhc3QqCQoCdG8YAaABAhIBZyo5CAYQC0IBYkowAAAAQH0B4j8AAADgxVfPPwAAAGC4r9M/AAAAwGeV1j8AAACgBL7aPwAAAEAgsYk/Ks4HCCgIAQgGEAFCAWRKwAcTRo0+H/YOvqpOqTyqLdA9b/0JPl/oKz7yWAk/TKrovetoGz6wcXI+Si62Pm4XVT5b6eI+S8FUPjv+lD5XQKs+AH6dPuXInL0Gsi4/jYmMPVA8ij7wMLo+GSPKPrZmzj4Uhz8+UiZ/PITxAj3ru9Q94GWAPoWogD5XTOc+i/KOPn1Asj4lXaI+VXe9PojZVL62e5s+cJwIPK8WELrJr8U9fgpDPp+wzT03cN4+hi18Pcd6vT280oM+da/BPnvagD7Hico+WPYAvarSDT5cBU0+7gh9PvE0Nz42QAA/SadAPeImkj7jpIM+0r61PtijdT67/HY+O3EJvTYaJD1W5u89DRWBPuhkoj4w9AI/g0PgPd+kAz62kCg+q8BAPuCSmT53v7U+Ua9lPQWKxz0hhg0+WwliPrXyOj1hNDE///7cPW9DoT4I5Mg+NWzaPkzZlT5aAdc+2hWTPdHnnj0ZeUQ+VoSLPoff2j28src+Di3Gvfg4/b2VG8E9ahurPqTlID+RLYs+mD2tvK9SQT3zbLY9i85vPskOyrp1Rcw+xaQyvU8dEz7ytIM+o56cPn0yuz7L3xE/J6cEPkrJST48IJ8+/IjbPsEpJT4b68E+gSUoPY97rT0zenM+wYu5Pmzo+j1agh0/X/njPXlDnD7fAs0+lOPIPjm9Pz6ZqOU+QZM7PWZIVj5XsYI+vOCsPuPnAzw3kgU/NkEXPZMimD7gicg+iqvwPn+ZILiyZt8+KZNZPpCHij69OK0+l4jSPucbob3+9Ik+1hnJvYUw37w362O8j/B2PpmRxj1nshc/N5knPrvYwT7gS68+uDXlPv7JCz23Z+4+B0gQPrPzRj7ZqpU+Tuu8PrgZ5bs9XPc+uvNDPjbRjT1cMJg+EipIPto0Rj5o5sc+Gn9RPc6WpD0/FTk+9QWEPl6gmTzqYfI+/B7NPVsoHz4VMGg+9reSPoK2vrxNPB8/y2ZMPq/4nz4Y3MI+OUHaPkjtUT1IlMI+G8sAPpHOXz69Bnk+bFKrPvqRQz7geQ0/tzuIPtDPkz4hcYs+G+25Pvqxkj2j9BM/ViIgPWPvWD6Vz48+FpLMPlTBqj52lvI+hgA5PVM5Wj4lYqY+VhahPjrDjz5Cjr8+kS8mPS+UGj6+8Z4+J4rOPkmlKr02qCM/e0RRPXn8jD4Dcps+C+TYPtyHjz7A2gI/3zPXPUaLDD6t4zM+191rPo4rBD4nI6w+GnzDPA9yGz5KmFo+7LiwPjOIL71LB/Q+YG9SPohqoz5i1Iw+y8LCPldSsL0qEQgBEAdCAWhKCP//////////KqoBCCgQAUIBbEqgAfTkWEKBBCLCIhg3w5VSnkJoCZdCGcnzQr25LMNQDB7DE02Sw8KScsPw6svCgoePwjGWI0TvGXfDQKWWQ3UMM0BhMBbDtlWbQt1h/kNttEVDDtXIQzn0d8ShaAREC3LBw39uCUJLwNRDVUGNxJt0h0FKFfdDRq8WxKdXIUTRnp/DjOlPQ3epjMMZna7Di+h9Q5ZEaUOSy+5DKIjaQypb/sMqDxALQgFvSgiipc/uKg9hQCoPEAtCAXFKCAAAAAAAAAAAKg8QC0IBckoIAAAAAAAAWUBaGwoIZmVhdHVyZXMSDwoNCAESCQoDEgFOCgIIBmITCgR2bWFmEgsKCQgBEgUKAxIBTkICEBFyDAoEYXJjaBIEYTVAMXJECghmZWF0dXJlcxI4YWRtMix2aWZfc2NhbGUwLHZpZl9zY2FsZTEsdmlmX3NjYWxlMix2aWZfc2NhbGUzLG1vdGlvbjJyDAoEdGllchIEbmFub3IbCgd0ZWFjaGVyEhA1OTUwZDYxZmExZjg2MWJkcjEKBXJhbmdlEigwLjA1OjEuMiwwOjEuMywwOjEuMTIsMDoxLjEyLDA6MS4xMiwwOjM1ci4KBXByb2JlEiUwLjk0LDAuNDUsMC43MiwwLjgxLDAuODcsNC41OjczLjIwMjE1',
  'a5-nano':
    'CAg6yAUKHgoIZmVhdHVyZXMSAWEiBENhc3QqCQoCdG8YC6ABAgoOCgFhCgFiEgFjIgNNdWwKFwoBZBIBZSIEQ2FzdCoJCgJ0bxgLoAECCg4KAWMKAWUSAWYiA1N1YgoOCgFmCgFmEgFnIgNNdWwKJQoBZwoBaBIBaSIJUmVkdWNlU3VtKg8KCGtlZXBkaW1zGACgAQIKCwoBaRIBaiIDTmVnCgsKAWoSAWsiA0V4cAoXCgFsEgFtIgRDYXN0KgkKAnRvGAugAQIKEQoBbQoBaxIBbiIGTWF0TXVsCg4KAW4KAW8SAXAiA0FkZAoSCgFwCgFxCgFyEgFzIgRDbGlwChoKAXMSBHZtYWYiBENhc3QqCQoCdG8YAaABAhIBZyo5CAYQC0IBYkowAAAAQPP74T8AAACAIU7PPwAAAACqqdM/AAAAQHWO1j8AAACgyrXaPwAAAAA5qYk/Ks4BCAgIAQgGEAFCAWRKwAFjbN4+VhVPPUvSKj599m0+W4OiPjVUmzxe2/E+wBr7PdBDeT6Zy58+uYDHPlR0ejv5XtA+LZWfu3yfMD5IDmU+kveXPrZ1Rj7Zrtw+2seXPZmzSz5yf48+EAS9PqZY9DpXXwc/TPEFPlAdlD5c37M+dRPYPqcXlDwW9gI/++sGPknNZz75O5E+efy0PkV1Xj7zXNc+CHU/PbdwCj7YNkU+WrGMPlBUTT2rPQk/R1kjPkRebj4NbpU+55m6PomxEj4qEQgBEAdCAWhKCP//////////KikICBABQgFsSiAVoObFJGVLxnkgVMQ/3BVG69O2RSnkA8XLqIpFzkZZRSoPEAtCAW9KCEVeYEHwE2FAKg8QC0IBcUoIAAAAAAAAAAAqDxALQgFySggAAAAAAABZQFobCghmZWF0dXJlcxIPCg0IARIJCgMSAU4KAggGYhMKBHZtYWYSCwoJCAESBQoDEgFOQgIQEXIMCgRhcmNoEgRhNUAxckQKCGZlYXR1cmVzEjhhZG0yLHZpZl9zY2FsZTAsdmlmX3NjYWxlMSx2aWZfc2NhbGUyLHZpZl9zY2FsZTMsbW90aW9uMnIMCgR0aWVyEgRuYW5vchsKB3RlYWNoZXISEDU5NTBkNjFmYTFmODYxYmRyMQoFcmFuZ2USKDAuMDU6MS4yLDA6MS4zLDA6MS4xMiwwOjEuMTIsMDoxLjEyLDA6MzVyLgoFcHJvYmUSJTAuOTQsMC40NSwwLjcyLDAuODEsMC44Nyw0LjU6NzMuMjAyMTc=',
  'a5-4k':
    'CAg6ygwKHgoIZmVhdHVyZXMSAWEiBENhc3QqCQoCdG8YC6ABAgoOCgFhCgFiEgFjIgNNdWwKFwoBZBIBZSIEQ2FzdCoJCgJ0bxgLoAECCg4KAWMKAWUSAWYiA1N1YgoOCgFmCgFmEgFnIgNNdWwKJQoBZwoBaBIBaSIJUmVkdWNlU3VtKg8KCGtlZXBkaW1zGACgAQIKCwoBaRIBaiIDTmVnCgsKAWoSAWsiA0V4cAoXCgFsEgFtIgRDYXN0KgkKAnRvGAugAQIKEQoBbQoBaxIBbiIGTWF0TXVsCg4KAW4KAW8SAXAiA0FkZAoSCgFwCgFxCgFyEgFzIgRDbGlwChoKAXMSBHZtYWYiBENhc3QqCQoCdG8YAaABAhIBZyo5CAYQC0IBYkowAAAAwOe91z8AAABACRbMPwAAAKAKPM8/AAAA4Ghn0T8AAABAjbLTPwAAAICYFIU/Ks4HCCgIAQgGEAFCAWRKwAexqoI+GdACPSLb07w2dfw9MB+PPs22bD2uFaE+R1+lPRkokj3UsF0+Hc6ePjgGhDygChM+KW3MPbI0+j3OSjI+J4xePu0ekj1eOck+2idpPoMyfz6BSI8+aTiiPtDlND5SCJo+BaBIPutpXj6hHHA+phSGPjC7Ej5b0nI+hbb0PRCCRT5ItXw+XvGVPtilBj4pCYM+bgbyOxOmdD6u5Gk+iw6EPsp7wj09pbg+5xeDPRn/tD5HP64+VAWmPgNtdDwupo89eCRtPOhBCj2dl4o9BzPfPdKS0bzckKg+0mMiPu60fD7pyZI+FXaoPrxqBj53GR4+nbpMPEkNjT1ZTcY9W+cNPlffFDxSh9A+znJRPevIFzxJqAU+00R5PtrWkjz+zMk9AQn+PXSwID4l7iA+LedBPnX/ab1GqtA+NwkXPp8CMT5uEFI+PJWKPiWUQT5VwI0+xPsNPkKZHj5hdTw+Alx5PslQTT5uYVI+veJdPevskT23usw9khZKPq4DTTvCB6U+9acIPm9iXj5LNII+7aasPlviXz4SPcM+hltSPVPAPj6QMYk+eO2bPhVzRz5Hzpg+YtZ+PWqcIj6CtCE+6IUoPsjOsj1ZlM8+irKQPS8vJT4SkZ4+kmGiPn8D6DxuSUo+hgjdPKMEVj3vyuc9nzooPtAUIjwfzMY+l8zJPayZnj0njBM+koqLPu4Rbj3daYs+AJgfPqDxOj7zrGI+erijPrVnJT6ryMs+/INVPusrhT6VH5Q+EjinPh5FNzuv0Nk+iTVZPkXraD6PxoU+zE6zPgv13TmQK58+f8P6PUlGDD5SlkM+THZ2Pvn7Rz5zMoc+nZgHPiu5JT482ko+dSuJPr2QOrtESIs+LTBNPMKxdD1UIxE+ZG9HPrPHrz2N6JU+BCmkPd30Jz6EekY+UB5ePh9rzruSmdU+nLuJPFfTXD6S63Q+0cujPvB1ljySFH8+erfPPX0iSz5uUoo+G0h1Plx1pLvbZVA+uLCTPEfmGz33CIQ9PUCxPW9IVD6gQMo+5pXOPV9pWT4lWXk+6AxwPiaWJj76vlU+QN8vPUKZgT5sLYc+0m2+Pi7EQT4F8ZM+KnNEvOqcur2uobA8FpswPoP9wbyYSdA+in5VPjbBjj4dIZU+nRaSPpmnqLzH4sI+CpCFPUgrWT4iLZA+ViywPnIyxz2LpW0+wEx1PQQVOT47Rzs+gaZzPm7Kr7xU99E+nc2JPbj22D0GtlI+HtqNPkLn3zsQhpw+vechPVVg0T1LOCQ+7e9WPrmnjT4qEQgBEAdCAWhKCP//////////KqoBCCgQAUIBbEqgAeDiQEPKgZnD2davQ7znPcQae+XDw/63wxx+lsOgyGBD/00hwzFzv0PzQzFEhG9WQ+ooA0MpS1dDDkv+Q+ybJUQ9hgfDg2dhwxIXzcPD9alDpXkdRE+XLcMNhTzDqbiORNbbxkObOHdDu4fGxHGLQUNBs5XEO5e7Q3OKC8TIpYbDUYtHQ0TyAELTunTCfGL8Q1mjG0SFe3TEa3+tw7AKU0MqDxALQgFvSgi5c13lN2ZqQCoPEAtCAXFKCAAAAAAAAAAAKg8QC0IBckoIAAAAAAAAWUBaGwoIZmVhdHVyZXMSDwoNCAESCQoDEgFOCgIIBmITCgR2bWFmEgsKCQgBEgUKAxIBTkICEBFyDAoEYXJjaBIEYTVAMXJECghmZWF0dXJlcxI4YWRtMix2aWZfc2NhbGUwLHZpZl9zY2FsZTEsdmlmX3NjYWxlMix2aWZfc2NhbGUzLG1vdGlvbjJyDAoEdGllchIEbmFub3IbCgd0ZWFjaGVyEhA3M2IxODcwMDEzMDk3MDNjcjEKBXJhbmdlEigwLjA1OjEuMiwwOjEuMywwOjEuMTIsMDoxLjEyLDA6MS4xMiwwOjM1ci4KBXByb2JlEiUwLjk0LDAuNDUsMC43MiwwLjgxLDAuODcsNC41OjgyLjUyMTA2',
};
