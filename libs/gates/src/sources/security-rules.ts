export type Severity = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

export interface SecurityRule {
  readonly id: string;
  readonly severity: Severity;
  /** Names of files it reads. */
  readonly files: RegExp;
  readonly pattern: RegExp;
  readonly says: string;
}

const PYTHON = /\.py$/;
const GO = /\.go$/;
const WEB = /\.(?:[cm]?[jt]sx?|html)$/;
const ANY = /./;
/** Tests may hold made-up passwords. */
export const TEST_FILE =
  /(?:^|\/)(?:tests?|__tests__|testing)\/|(?:_test\.go|\.test\.[jt]sx?|\.spec\.[jt]sx?|\.stories\.[jt]sx?|conftest\.py)$/;

type Written = readonly [id: string, severity: Severity, files: RegExp, pattern: RegExp, says: string];

const rule = ([id, severity, files, pattern, says]: Written): SecurityRule => ({ id, severity, files, pattern, says });

/** What a line of source must not hold. One line at a time, so that each finding has its place. */
export const SECURITY_RULES: readonly SecurityRule[] = [
  rule([
    'private-key',
    'CRITICAL',
    ANY,
    /-----BEGIN (?:RSA |EC |OPENSSH |DSA )?PRIVATE KEY-----/,
    'a private key in the source',
  ]),
  rule([
    'cloud-key',
    'CRITICAL',
    ANY,
    /\b(?:AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}|sk-ant-[\w-]{20,}|xox[baprs]-[\w-]{10,})\b/,
    'a key of a service in the source',
  ]),
  rule([
    'hard-coded-secret',
    'HIGH',
    ANY,
    /(?<![A-Za-z0-9])(?:password|passwd|senha|secret|segredo|api_?key|auth_?token|private_?key)\b["']?\s*(?::=|[:=])\s*["'`](?=[^"'`]*\d)[^"'`\s$({<]{8,}["'`]/i,
    'a secret with its value in the source: take it from the environment',
  ]),
  rule(['python-eval', 'HIGH', PYTHON, /(?<![\w.])(?:eval|exec)\(/, 'text is run as code']),
  rule(['python-shell', 'HIGH', PYTHON, /\bos\.(?:system|popen)\(|shell\s*=\s*True/, 'a shell is given text']),
  rule([
    'python-pickle',
    'HIGH',
    PYTHON,
    /\bpickle\.loads?\(|\byaml\.load\((?![^)]*Safe)/,
    'data of outside can become code',
  ]),
  rule([
    'python-sql',
    'HIGH',
    PYTHON,
    /(?:execute|text)\(\s*f["'][^"']*\b(?:SELECT|INSERT|UPDATE|DELETE)\b[^"']*\{/i,
    'a value is pasted into SQL',
  ]),
  rule([
    'python-sql',
    'HIGH',
    PYTHON,
    /["'](?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b[^"\n]*["']\s*(?:\+|%(?!\())/i,
    'a value is pasted into SQL',
  ]),
  rule(['python-tls', 'HIGH', PYTHON, /verify\s*=\s*False/, 'certificates are not checked']),
  rule(['python-swallow', 'MEDIUM', PYTHON, /except(?:\s+Exception)?\s*:\s*pass\b/, 'an error is swallowed']),
  rule([
    'go-sql',
    'HIGH',
    GO,
    /(?:Exec|Query|QueryRow)\([^)]*(?:Sprintf\(|"\s*\+)|["`](?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b[^\n]*(?:'["`]\s*\+|%[sqvd])/,
    'a value is pasted into SQL',
  ]),
  rule(['go-shell', 'HIGH', GO, /exec\.Command(?:Context)?\([^)]*"(?:ba|z)?sh"\s*,\s*"-c"/, 'a shell is given text']),
  rule(['go-tls', 'HIGH', GO, /InsecureSkipVerify:\s*true/, 'certificates are not checked']),
  rule(['go-weak-random', 'MEDIUM', GO, /"math\/rand(?:\/v2)?"/, 'random numbers that can be guessed']),
  rule([
    'web-html',
    'HIGH',
    WEB,
    /dangerouslySetInnerHTML|\.(?:inner|outer)HTML\s*=|document\.write\(|insertAdjacentHTML\(/,
    'text of outside can become markup',
  ]),
  rule(['web-eval', 'HIGH', WEB, /(?<![\w.])eval\(|new Function\(/, 'text is run as code']),
  rule([
    'web-link',
    'MEDIUM',
    WEB,
    /target=["']_blank["'](?![^>]*rel=)/,
    'a new window can reach back: add rel="noopener noreferrer"',
  ]),
  rule([
    'any-origin',
    'HIGH',
    /\.(?:py|go)$/,
    /allow_origins\s*=\s*\[\s*["']\*["']|AllowAllOrigins:\s*true|Access-Control-Allow-Origin["',\s]+\*/i,
    'every origin may call',
  ]),
];
