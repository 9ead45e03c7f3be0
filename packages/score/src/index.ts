export * from './logs/index.js';
export { modelKeys, type ScoreModel, type StudentModel, type TeacherModel } from './plan.js';
export * from './report.js';
export * from './score.js';
export { selectKeys, type Series } from './series.js';
export { studentInfo, teacherName, type StudentInfo, type StudentOrigin } from './student.js';
