export { createJudgeGate, type JudgeOptions } from './judge-gate.js';
export { JudgedRole } from './judged-role.js';
export { readJudgement, type Judgement, type Score } from './read-judgement.js';
export { PASS, rubricOf, weighted, type Criterion } from './rubric.js';
export { scoreJudge, type GoldenCase, type JudgeScore, type Opinion } from './score-judge.js';
