import type { Problem } from '@squados/portal-gateway/wire';

/** What went wrong and what to do, in the gateway's words. */
export const ProblemNote = ({ problem }: { readonly problem: Problem }) => (
  <div className="problem" role="alert">
    <p>{problem.title}</p>
    {problem.details.length > 0 && (
      <ul>
        {problem.details.slice(0, 20).map((detail, i) => (
          <li key={i}>{detail}</li>
        ))}
      </ul>
    )}
    {problem.remedy.map((line, i) => (
      <p key={i} className="remedy">
        {line}
      </p>
    ))}
  </div>
);
