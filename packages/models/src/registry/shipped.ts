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
    {
      id: 'a1',
      title: 'Perceptron of two layers of 64 in eight bits, after vmaf_v0.6.1',
      limits: [
        'imitates vmaf_v0.6.1: it knows nothing that its teacher does not know',
        'needs the integer features of libvmaf 3.2.0',
        'up to 0.33 points off on real video, 57 far outside its range',
      ],
      file: 'files/a1.onnx',
      bytes: 7457,
      sha256: '723271d9f4cacacf40c5263d755c53740423fdbd39ba013b62230021049c065d',
      parameters: 4673,
      architecture: {
        id: 'a1',
        version: 1,
        options: {},
      },
      tier: 'tiny',
      teacher: {
        name: 'vmaf_v0.6.1',
        sha256: '5950d61fa1f861bd45d8149d80539ed9f3376cfc2495b8f0fa8e9f57cb131ee3',
      },
      serves: ['vmaf_v0.6.1', 'vmaf_v0.6.1neg'],
      recipe: {
        id: 'a1',
        seed: 1,
      },
      measurements: [
        {
          rows: '14 sources that nobody looked at before, 6 rungs (x264, x265; full, half, third height), 24 frames each',
          count: 1932,
          sources: 14,
          provenance: 'tinyvmaf corpus ladder, extract, export',
          rmse: 0.0569,
          max: 0.33,
          p99: 0.225,
          plcc: 0.9999980021825811,
          srocc: 0.9999964168127057,
          worst: {
            source: 'ParkJoy',
            rmse: 0.12,
            max: 0.305,
          },
        },
        {
          rows: 'random points within the domain',
          count: 20000,
          provenance: 'evaluateSynthetic of @tinyvmaf/distill',
          rmse: 0.079,
          max: 0.88,
          p99: 0.286,
          plcc: 0.9999974535838887,
          srocc: 0.999957192381509,
        },
        {
          rows: 'random points far outside',
          count: 5000,
          provenance: 'evaluateSynthetic of @tinyvmaf/distill',
          rmse: 5.75,
          max: 57.4,
          p99: 26.8,
          plcc: 0.9885280434607694,
          srocc: 0.9900875975072465,
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
  a1: 'CAg6tjgKHgoIZmVhdHVyZXMSAWEiBENhc3QqCQoCdG8YC6ABAgoXCgFiEgFjIgRDYXN0KgkKAnRvGAugAQIKEQoBYQoBYxIBZCIGTWF0TXVsChcKAWUSAWYiBENhc3QqCQoCdG8YC6ABAgoOCgFkCgFmEgFnIgNBZGQKDAoBZxIBaCIEUmVsdQooCgFpCgFqEgFrIhBEZXF1YW50aXplTGluZWFyKgsKBGF4aXMYAaABAgoXCgFrEgFsIgRDYXN0KgkKAnRvGAugAQIKEQoBaAoBbBIBbSIGTWF0TXVsChcKAW4SAW8iBENhc3QqCQoCdG8YC6ABAgoOCgFtCgFvEgFwIgNBZGQKDAoBcBIBcSIEUmVsdQoXCgFyEgFzIgRDYXN0KgkKAnRvGAugAQIKEQoBcQoBcxIBdCIGTWF0TXVsCg4KAXQKAXUSAXYiA0FkZAoSCgF2CgF3CgF4EgF5IgRDbGlwChoKAXkSBHZtYWYiBENhc3QqCQoCdG8YAaABAhIBZyqMDAgGCEAQAUIBYkqADI/sHcFH+jG/S+93QSkSwz4jOrRAVUQYP4dViMD0X6NAkIiZQJmNKME4p75AIiLgwOzbK0GHV8m+AvymPG/1sj/ChrTA9CGDQAcAtrxQ8D1AVY6WQGhvuUBmvNBA/k9dv8V6mcBBn/DAGnS8wNbv4r8oSHjAElk6P8jQ/L8j6QDBzjwkQIpsEkDHssDApjLZwPUjRr9SrBBAlu8xQSlAikCWveY/jnbBwF4qUL//691AvoqnQAZC+T4BWAFAS3bpwPYpasGbDHPANwv/QN44UcDKQedAzTwNQLQTvL97W1pA4Ei1QGsHAEB/xle9DhEFwLJRukBiFiTA7b6rvuFjib+PDnBA3LZPv+q2j7+z1YK+HeUEPhW1tjwDbLE9kVf6v+1THz2yKQzANrYbv0tNjT8xlQ6/C7G0P18LmT/8bEG/o9Sav0+0az+H3hzAdDtov4IZB0Byl0Y/exgJvn6F3L9+OJc/25hHvHN5E8AkRmi+Alnhv+tJbz2IUg9ARySwP9l9GT+6N0m+h68avzSZxz3mLxrAPzghP2Z06j4lP4u+UHCKv6tger4/t6a+lLkqPu/WKD5N1uA/ELQePxYFVL99RoU/YmHevRCG3j/ETQG/iPf0P+XYIz+d8xnA4cAqPIFooz/Hkd6///1KQBxzIz8PZx0/RbStvhcgG0C1HinAFWeBwLddNMAwQj0/9X8NQAL7fb+ehHI/tysjQIMICUBBXl6/Aje/P+hBIb75fNQ/ZeXHPgu9T75RpGDAvtqCQBn3MkD8+xlA6m6awGliBL5yQsw/tgk/vocWeMAXgapAmSUeQAY/bkDqd11AC6VAQAozn78kUIU/HfodQJ/gq8ARtgXAiQqPPtWbeb8qRAPAIhOlvrpTgcA+bVy/tzoJQK1LbUCIwfY+IT6EwJhglr/1P5fAbwRkwBMiP79Ll4dAaIwxv62+W0Dc/3I/pDACPhJ6PT5onV4/9egAwO0gOj4cQ1TARxZOv7gsPr94mp0+dhO9v1YCGr/+NSw/w1YUQJYALEBOVoS/tpe1v+wXmMDrXjw/cj6zP/h9kMDhI7S/0agjwGZJvEDIkhdAzDYOv0jroL4BXsM+TEqov1FYK8AGHGK+TNrWP5QfMUBxlA0/Yj91QOcvj78UU91AjUE9wNvyGb+ZLKC/WRDaP5D2sD//qFjAjCKGPpPvLT+l3oRAD4ewPVysvz0E0t0/XEWkQKmFd8D8ZB1AaqE4v6dkkkA+39K+KhjEPpz3ksC7/DO/YnhsPe9iR0CbbqY+a6QbP6obpz/J3T0/k4Fsv107EkCYm6fAnIiQvylAcT/R7NA/cdBowJC/gj9wFky//UOmvjcejT9JQI5AqmI6QA8V7r+duw5AH8wdQF84zEC5vjVAJNlswFUCZ0Alt6o+Zbqdv7atFD//ZU/Al/ppQAQxoD/4V4dAXkKUv9nYskAm7KTAWxduP0K8TEDfxRBA8v6SP7aHBb+vx88/3P8Mv3coUT/SykbA3i/6v6dQ+78IVbu+w/QWPwL3mD8SzBtAdnYQQCQtYz6oXvE/lztwQPi7EsDQHF1A9a/vPp4D0r9qC4A/1XBwQFLfXT8x+uU/0RwxQGakDT4U7I+/c2ITPgA6K8CWDsDAJ4QRwPTLvcB4TZdA2fSRQKVZH8A4IAPAj87VP+UTvD20i6i/ue6TP+UpSb86nZ4/WEHmvlr+iMAYlfs/tPdcvXWbh70kWFM9QlILPZAAqrsMXoU8kX25O13v2jznLlk8EnCrvStox7vnEIk8G80MPWuh/b20y8+7n75hvQ0mTLwwFZw7/+ebvGmn0j2MpZA9JYMGvt9YC7y2/oc8Sg7qvayRq738M5m9pEeSvNJJdL3vKp+8La6+O1zYkDy2kMm9losGPX1BAbyuuLY8vzCXvYrtqTx/3jG8JBfGvLz/qrvY/b47OWmoPZOBmLzEU6O7NJd2vG3frb11+9w8mUhKvROaajwk9N28nftEPc58Wz0Vsdu7BHY2vQXm+DvwOQA8PbfJvKe6IT0pDIO9IPkjPfWZir1YJgs9D295vSqKAghAEAFCAWVKgALDS9tA1o8IP9Hqk8GBzwHAP2Tdv/URrsCQBK5A/fFewM9eVMBbKBFBeKIVwU6Ivz9SklPBqMGyP0h+BT7asr8/Il0oQAdnGcH5+tI9lIvHwCIUCMHf07XAousEwQIwtT9WiNNAVXwBQTrkNkBlmuW/C6XgQGpZAcAZzKXAXQRpQDkzbL9Nuk3A9UWRvrXWnUCFhsQ/u6GmvYop9cAspRXBCxrewDsPhkA/MTBAW6DywC3rIMA+3TW/KwkGwN2EOkA5z4tBBDsvQE3UUsC9vKDA1CHjwEOyqD5mtk1AJRGHwFaYP794E04+uzIDwEKMYEAOsevAJ9MPv4xDu79Bc1G9KowgCEAIQBADQgFpSoAgJEXy+fH5BgIGChvz/xXjHQAXB+wP9wADB0j//+n/CxEBCQTsFOcB+SP7Bzzx++oBDtn7DDoEBuzw2wr5CAgMCOc3E9D7G+ka8n+R9rn17O4FCRfo2PoDGcG0/wLZEx3gJODpAw65HwjWAfPy/faMLAbh/OYTAfkDFhry/9Xa7NTmHgcOBuE+/N0a9vLgYwjp+uUcGSYg2e0rBf4D7AGBTi4M9/5M7F/nThAJCUDF6lJA1APw/vrLRAbyB+fpHu/D2XrWrQoM+g/7G70sxd+B5gDxKwARHhPyyw0S/ezT/SXy+wEC3OsUywyB19oU8NvpAMLc7zj0BAP38gPzxuoE8Q0aAur/GuQ47xzbFMz9Ihj1++8A6CPbBQHMAfve/QPV8Aj54RIT9qriDAm7HPLZKAOWBREIBB/79fDvABD090LFGA0JC4Ej5S0a180XQRrWHP7v7QsVAOzG3/sI5vX/1B4F+Arl992Y7Q8Q9bHuFBjxCOvjO+r55BYLBg3d8yu31Svf+Qfw5fLm/OHiF/DTASYRFfK1pvL45gv+7d4G8/IK7AIG2sBK4NUPykP8++D108H+/9D5IisKgdz97fUGG+Lb2AQh6xr07eXe9UoMB6Lo2hv66ikSzPn6CwTiBeYAGfvw7/v+BiC4Bv7vIOoJAtabGe6fBAL7Fg0G9snxALDT0hqbAbP78gTaCxfxT/H86DMN+BEIATMVPvUKAAMK79gI8gQlAtnCD+L0LfT7MiHn1wQRywIWvvcbKgL+7v7o6ZUw+/f+LN7nByUX7C28HAL4+s0WAA3rFLz7AC7nBx8M+fgD/br1nvzzDnj5DcAMFscJAfUJ0z4V8B0DBwcF6yYLDQD76hT0FBINBSD9DRED7vjz3h/+3rzo5v8g/PvSThfnAEP3/sKPDBGol0QU398tC/7X/Sk3ywHp/bYLgTAG1Pb7BgnBFSWP+v1QAPMKDfgn9PYyEdRFN/787C7y+ef9Avsh3xHfgRrl1PIBCSg2lf7l/vwXCwT7AvcIE/jyLe0TPNUXugn1wSIK0vISEgERzPUQCQEM1woADN4OuBkFCffxIs6umqUTCbyn6hTL8tcE96QFyw/atxIYAAPQ6OYWgRsP9w0I0crgpqzc+D0HCBAR0xk5D+0fCAIXBOgbDPwA/gjNAALyDRQXEfgcBh2NAwbiAwwTEwH67N0EJPH5wv/1BgkD0PH11ybXEvEL1vwaEVXu+vHqvevu0PP9B/X2AAshAerl7/XpYRn0xQEdtvcV7//FfwQM7/T3+u8swBz/uej8KwjJqtzu4RIBEQP+gQwa0cjNFkj+ABky4kDm/wkayQCpx8UT/P0N7xJ/R/L97wYC+u0S+/z5Mx4Srfa/4hb+BTr6AiUA8hEH9srlBfXiScv/t/LjDxf54OUR+wcF9tvNHdM3+fcoAPwR6CDj7iPNACb8CQPvEOn9C9pJKf8RDUEgEPov3RDrUxn0Fg3SzpYOAx0PEf4b2hDzpgsK+/gtJcrNwwYb7tDSF6aBofeCBQgrVe3qEQnX9IzW0qrstwrv5vHwBPvsEfQO3fQFzen7/P337QP7B8rw/wAK/O7zGuEHxfsFEOIc8xDG9gL9D+wF//UGJgAGDgQNBuPYChUa9rcOFSwigdEn/4E7ECyyzhrCBeiuCxUV9dKO9gwH88YAHLwK9AQMJNvF6PsA8gz+/x2G8gEio+XsEtPyygMF+c/iAQI31xuMbhLPFP3r9NQADfIkBxP8pPEJ+t8Cuepc6oaW+AsBxbu0LsoG9t/+/OX+8tDr/A3o+9DbHN+wCgrDJAUhGQO4Ad8R0ef8G/IDG+rr3jD//X/qzCOC9BcCzPX4xf0E/NkV1qBCAucMIwrvxdj98wmBBf4a5aAjLhoH8AgLDQUBHOI8CBEDIdgI6+f9Dv4eAST6+w4v9hkC+y3sz/FC9AUuF60B/hLD8QUTANg9GQcr/9kW/yvUDPLXC+r5jRzcAvnIXuM/nQ4l9UOwBwMN0tfs9fMVF9/4Ae4MHd/0CuPzTfEYgQUCB+v72P6BKukICyMA/+x64cjSBQPZ7xOBDu/j/B/M5wzz8OEF1PX6+JEF9wUN1y7B+gQI8tD+7wcC7lIlF+cFE9wK/gsHDPsP8gEYBAfxHwMCCRTy/esG7vDj+N4jy+r7ysmBJsv05jEF/QDn/R0nCgL+G+qsGJr98v9/ARnzKB7hGPz2Afgr9uLSAgoY7BnB5gLAF+b3AOJc6SD/4fP3Bvof+jMhDvjdxAoF0iDbBw/2BAYF6L2f8hLp8x8G/TM7BgD89AEPJRL26ATvBv810PMSG/yEy/9DEdjdkeLq4pH0vfUV8t78qt+BAekYIC3S6hT47+rn8B327eoZA90A3S/tGcje8gerBfQF2fkf8tG4BQsU3CoFEz3h7AcC+hUNBgjl5h71yAAJCf6vD/zTsev3wiK/gQ/p+fwSE+URnOdf8Abv+BSk+qb29wQB7emDwb7bD6AFEb8FgisZ98vaAvYv9fb3C9j70gSBIO3as4qBsgAx5kvEAAztFIHe6xsgt9n5v8//JLULgcXj3kLm5Q/jzhr2I/4cMSAlFuz8L/oMw/0n//frQoEEB/U86usxA/0C/NkvJhT49fX4/sJL+hoOJSXzEwZH4Pv/HiQQ7iKy+QEDCwEmAezI/QAHCAIK+BL2D8P97/LqBfe++AANEwf+/wjl+bL2CAPn9P7r9/5A9xH5/gb7B8cDEvH6ADMTB8/R+aUY5mj98+jXBwqxCAYv/BIBDTg6Zv7vCv394iv9/grtGQzwAuQO7/EX287o2vL8CwLuyifKBv3XBecM5t3gCKot5w8J3cjYykIJ3Pn2vuke6fvx3dwA++vt/Qn//QrxI6HVAygTA73X2Ann5M39IPPfAgzo/hz1/wT0CZu6BvL9BLHaISnmAv39Gd84BNwIsfnxGKXa2vYdagO28f/65THbwAbaFPGkKr/ccrvNEIHuAt7w+MnK4/oBJrgcBPndAPcK8QfWwOATJOkLCPkA/uEF2/UTBgDt3gAI9yL/+gL4qBue9/wBHwrrqfz/uvj19PjnAAYE9OzzAe3vBs/qYQTn6goT6tMVrQgK//8JDLnLAQj92woF+vHp/Nkl+uWBB8ss8BoRBeYC7jDl8M/1C38BAO0NKvgD+fv+67jr8t0o8+iB9OO68vJ/2gyT+RHwQIH37g693On+KfYrE+r3BdHTVcfs5N8bCAzJRe8g0/bA+cZv+NP9HOj8BfrSNRXl8MS9FP8j+yq/ceAef/QJ9uX/HwzbA+EQyvUA3DAZAQFFItsTDun0YwbTyPEg1xEJxwoMWQPZ7gf5AhH2lvfwEiDh5gfiBxMa3CIZ/xOsRPy48PcZ2rL2Fy89+Jr2IOj5N7gvtdsA/N0DwzEJgVwC49r6AFr1/QPmkt/8NgUU7/322vjrNEoWC88QCu3oCwj4LRgG9BWhHAg5BvcKGf8A0wXP79jvAvkc9BBd5yFP6cXZ/A4R9Q0YD+zn1ucs9tsDGOQqEwIN9hXVlf8BEAzzHejrBv3mCQEC1fcAQ/bz+g0LkhYWHvsGBhz48wD25PMR3PgN0/XnDvr8Av1VIMEVgcnfMTbtF4PYKAft2Tvrv76BD+fNDjUkAR71/5kcCgD4AukO7u4Eyrvv+KoCCg63/yKBNMogrN/u3uEQgwztohYAFNAMBwAQD94O7woFAL305//l7/W6Bfvg9e3L6qb+Bhz78I8b9eAGCxMFOP/F9RLtC/MM2ijU3f/+GjW9+vvR/w0YpvvX3gEFKwEA5fu5Be3EzAgg8QwB9PbsDLUG3PMJIfqBBNj64eQJ0dnB+gsJtfUr7wDPGR3f6hQdgeEaDv/1Hvrjci75ue8Z7wjmA+gR4vP6J+kA+vr7+Nbcu/r+zuwNwhITBb4GIwcnEgjrCcEGtuDl09fjDwYUGOMaGf0R1s8OmOn04gsPExz/ECC05v/7A4G2/QCt3AgeU78EsfILCc8EEPbsARUorxzAA/rx/g7PDAsE/wH39BP7xdYL/QDnKvHN4u9/BwzoCoEsEtn77+DipATiVX8A+v8A//wB8jfg/SSBD/X93cX///LaQwItHAjq6/nu7g3P2PQCG//76BAY/wAuw7MAGAYI/weczh3617kJ/d/x+YEC4wnlB9vW7tEG8mLoCAC4vYH39uT+DKT+owsICdv9DLgn//gG5g/l+RDr7vsBCRz77v0YRPf+IvQXDfPY9vrpEwH+5wbCJfIe/+wnEvIJ8w36AA7zBgoiDw77+BwPEjcCC+O2AyLYy/zW+vX+HQbx+u4r8QQB7/YO7gcEDggP+Pn1AAcR1RhHD/kPBeD+HNfwEwwo/AD18xD27P7z7QMFhQMQxRpA7OHGCu0ACs0Buuz7JAXfLgrmFd4aD60LABDFBAAH4A0LIfkUJM8EHjT4IKgAAxT9JbzWAv7o1/Ufi+6J5/sD0+vrBOTVBxY7+/7z+OcdFtcD5gtP+vyzK/oMAgL9/gKI9fkQ9g0FCv4P4fUI8QTr8hfi7/8REYENFTkjI+wB990p/hE+EeoQBgPz+BnS4fUlEQTp9wb46vQP89YA9uEmHCO06AIB9P/n9rD1Me4ZCgHo/w396djsE+72t7/mH9/dgS4ew9Xr1akHkh3ybvLX3QsBsgUQ/wkBzMsXCYEZKi1Q8bcg/b+70geTIT/eI1T6VvKi+Ofp04HzgdDCz0GB2/IO7d2B0uVC/xkm9+DjR6QdgR7NzOXt0fE65+GW9n8LBKglABHRDIGp4koMgdEy4csxgQXAyQYMAtAU6fvTBAQrF/gy7f3+/wz4/Aba9uYaC+rsq/0PyhgPA+T+AfsPyAqKBwwCyucFAvvp8fbbvwHuBQAe+/cT6xgpCoEJyPLu7AgW+PT5EhcK8Q8XMP4A5AG2D74A7uDp+dwE8/3c+7wExAH24vfzAtenAuQI+Mz6ARcPBuvk3u8e+uqsDg0i1RgW+c3D5NFD+xLx9tW5+xf24v+29gvE5woB+Qj5B+2V9ssMCv4D2v/h8un46SDhAubZI+UE/+MBBPDsAQPt9/EI+yXlEQ2s4df5BJ0K7dSZgfX10AkGL+vd2zz/A/a6gfLtFvrsM/QA0f7JDPX04wgQ4+fX4fkC8/bw4nkNQuO9SuQRmASkAgP04czKywIQ67D2+hUGCKESuzDkCfjyWfTqyNf+BWYkCQMU8RH36AX9pvLJDyM02xYI9hGw5SkKAujpGCHqxfsW6rzv1EsB7uL429oPA/rU+Mb/gQMFDQHwDCsJEgkxBwIo1zjjD//0+yDjtxfhAPEHMMZIqQ2/CtjX+OgKWxLUAgYVCwW27i3nChSu6QcJRQkMJN4C8fv9Ehrw8PHr+vH/9jHyoRrxPBr4HfcIA/c69/sFLD0I9vMF1uUN9ewJSAYU8RAYu/fmKPgODdAE8P/9A/Wr+wHmLGD0yOL8/NwT0b4m6gv1HUAB+PMIBRbjD/sVOyqKAghAEAFCAWpKgAJpmJw7QilrO6g/MTwbNvU7FNuxPNVkWTzXnQc8K+ckPNLP7zvO1e87xlnaOy37+jtbeKU7jM+HO9RfxTyGu5o7E/ozPDpbojxaWSM8odgJPGOelTu1o8M78GSGPELeCjx2wfM7qt1cO2s6mjz8LyM9/2iqO87cFjwaOY886v3IO2I59Tv+hww9KQxYPTvrwDzPxKc7H8CZO1L85DtlqIw76RYmPAwixTxX/Y08aiRZO8X1bDzjXoE8o6/IO2LZ3TttSwI8Oi44O4K2bjxMgG08cwqeO8OyHD0pLgM8h8SQOysSmzwtqQg8GlxwPKaZTDzYbUo8L3qOPDASUTxLoac7KooCCEAQAUIBbkqAAr8fuT3a1Vk+WekUvPRvAb8kOw2+0/xBvm2QA7/lrZC/XDTQPiH7GL+hYsA+H5ThPl6Gib2zV0W8Sc8cvwT6CD9Kn5+/EqKkPq0jYT3b5H69XHvaPsGOGL/Mpi0+IDy5PvtdZr1aHaK9eZGIv5vWp7+XYGm+hxKGOxT5sz44Dgg+k4UCv4gzor9KTMk+ay9Rvtcyl76lS1i+IvKmO4L7LL5mzxo+Uu+jv+6pjL677Qw/NiFMvr+EJj/Outy+spw3P1s2vD0umP287CcCPk/5Mb96ju6+jx+HPpZ6ob8YRmw+shQ1v/bWrL2wlgG+6tO9PmZhhz6xabU9RaHLvogc6T4qigIIQBABQgFySoAC34swv/nQTz8z556+Rbr7PstMVj+j4W2/Ln0SP9Pb9T/OWO6+lHb/PjuezT9gk42+Waytv1g+ckDgwZI/qjaBvyCD3D/QURm/dpKlPkG6GcD0x64/FJd3wPjcy76nBTW/TJ4RP6uLAkEQm/0/e9Kmv+DVA8FPjQ0/IgnZvqBZhD9vcc8+asCav+yk2r5YSktA/Aj+P4F9ZL84CjA/n/pmwOcBBj9tJa4/VDkPPzq6msBsvgE/TDgSvzpqkb9gFwI/fLAjP3cO6z6ZBag/DtH5PnFO3T0mczi//5MRQO0AMkBs91M/mZeCPUbnn7+YYbS+vebFvneXKj9Y1/4+PoyxvyoPEAtCAXVKCAAAAADaaUdAKg8QC0IBd0oIAAAAAAAAAAAqDxALQgF4SggAAAAAAABZQFobCghmZWF0dXJlcxIPCg0IARIJCgMSAU4KAggGYhMKBHZtYWYSCwoJCAESBQoDEgFOQgIQEXIMCgRhcmNoEgRhMUAxckQKCGZlYXR1cmVzEjhhZG0yLHZpZl9zY2FsZTAsdmlmX3NjYWxlMSx2aWZfc2NhbGUyLHZpZl9zY2FsZTMsbW90aW9uMnIMCgR0aWVyEgR0aW55chsKB3RlYWNoZXISEDU5NTBkNjFmYTFmODYxYmRyMQoFcmFuZ2USKDAuMDU6MS4yLDA6MS4zLDA6MS4xMiwwOjEuMTIsMDoxLjEyLDA6MzVyLgoFcHJvYmUSJTAuOTQsMC40NSwwLjcyLDAuODEsMC44Nyw0LjU6NzMuMjE3NjQ=',
};
