/**
 * Whether the default student scores here as where it was made. A file of its
 * own, since nothing else of the doctor needs students.
 */
import { registeredStudent, studentFor } from '@tinyvmaf/models';
import { DEFAULT_VERSION } from '@tinyvmaf/svm';
import { either as E, function as F } from 'fp-ts';
import { failed, type Check } from './checks.js';

/** Computes the probe that the default student's file holds. */
export const checkStudent = (): Check => {
  const id = studentFor(DEFAULT_VERSION)?.id ?? '';
  const name = `student ${id}`;
  return F.pipe(
    registeredStudent(id),
    E.match(
      (error) => failed(name, error),
      (student): Check => {
        const probe = student.metadata?.probe;
        const found = student.score(probe?.features ?? [])[0];
        return found !== undefined && found === probe?.score
          ? { name, state: 'ok', detail: `its probe scores ${found} as bits, as where it was made` }
          : {
              name,
              state: 'fail',
              detail: `its probe should score ${probe?.score}, scores ${found}`,
            };
      },
    ),
  );
};
