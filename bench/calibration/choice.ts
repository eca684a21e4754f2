/** The cells of the row that begins with these, without its bars. */
function cells(rows: readonly string[], ...start: readonly (string | number)[]): string[] {
  const found = rows.find((row) => row.startsWith(`| ${start.join(' | ')} |`));
  if (found === undefined) throw new Error(`no row of ${start.join(', ')}`);
  return found.slice(2, -2).split(' | ');
}

/** Why Student's t decides, what that costs, and what the warning of skew sees, in the numbers of the page's own rows. */
export function choiceLines(deciding: readonly string[], compared: readonly string[]): string[] {
  const [heavy, skewed, ceiling] = [
    'heavy-tailed: t with 3 df',
    'lognormal, sigma 0.8',
    'near a ceiling: beta(6, 0.5)',
  ];
  const [both, half] = ['difference of two lognormals', 'lognormal minus one half as wide'];
  const candidate = (law: string, n: number, name: string, column: number): string =>
    cells(compared, law, n, name)[column] as string;
  const all = (law: string, n: number, column: number): string =>
    ["Hall's transform", 'bootstrap-t', "Student's t"]
      .map((name) => candidate(law, n, name, column))
      .join(', ')
      .replace(/, (\S+)$/, ' against $1');
  const student = (law: string, skewness: string, n: number, column: number): string =>
    cells(deciding, law, skewness, n)[column] as string;
  const skew = (law: string): string => cells(deciding, law)[1] as string;
  const warned = (law: string, column: number): string =>
    [6, 12, 32].map((n) => student(law, skew(law), n, column)).join(', ');
  return [
    `Student's t decides. On the skewed laws Hall's transform and bootstrap-t cover better (lognormal: ${all(skewed, 6, 3)} at n = 6,`,
    `${all(skewed, 12, 3)} at n = 12; near a ceiling: ${all(ceiling, 6, 3)} and ${all(ceiling, 12, 3)}), though of a lognormal law`,
    `they still miss too often. On heavy tails they cover worse (n = 12: ${all(heavy, 12, 3)}; n = 32: ${all(heavy, 32, 3)}), and so`,
    `they do on differences of two arms, which most claims are about, be these symmetric (n = 12: ${all(both, 12, 3)}) or`,
    `skewed (n = 12: ${all(half, 12, 3)}). On normal data they lose power (n = 6: ${all('normal', 6, 6)}; n = 12:`,
    `${all('normal', 12, 6)}). Johnson's t is hardly another interval than t. None is better on every law at small n, so the`,
    'interval whose level is right without skew stays, and a verdict that may owe itself to skew comes with a warning',
    '(`src/claims/skew.ts`): the values have a sample skewness of 0.5 or more toward the margin, and the margin is nearer than',
    'three half-widths of the interval that decides.',
    '',
    '**What it costs.** In power nothing: the warning changes no verdict, and on normal data none of the others finds more than t.',
    'The price is error where values are skewed toward the margin. At n = 6, 12, 32 a claim whose margin is the true mean is',
    `supported in ${warned(skewed, 4)} % of studies of a lognormal law (\`less\`), where it should be 2.5, and an equivalence at its`,
    `bound in ${warned(skewed, 6)} %, where it should be 5. Whoever takes a warned verdict for no verdict loses, of the right verdicts on`,
    `normal data 1 standard deviation away, ${warned('normal', 10)} %.`,
    '',
    '**What the warning sees.** Small samples rarely show their skew. At n = 6, 12, 32 the warning comes with',
    `${warned(skewed, 9)} % of the errors of t on the lognormal law, with ${warned(ceiling, 9)} % near a ceiling, and with`,
    `${warned(half, 9)} % on a lognormal minus one half as wide. No warning is no proof that there is no skew: look at the`,
    'replicates on the page of the claim.',
  ];
}
