import { describe, expect, test } from 'vitest';
import { rehearsalText, stratumText } from '../claims/explain.ts';
import type { Judged } from '../claims/gate.ts';
import { powerOf } from '../claims/power.ts';
import type { RegisteredClaim, RegisteredResult } from '../claims/registry.ts';
import { byRehearsal } from '../claims/rehearsal.ts';
import { isPlain } from '../records/groups.ts';
import { powerRows } from '../records/power-table.ts';
import { type Records, readRecords } from '../records/read.ts';
import { summaryMarkdown } from '../records/summary.ts';
import { type Page, rendered } from './page.tsx';
import { chapters } from './pages/chapters.tsx';
import { claimPage } from './pages/claim.tsx';
import { galleryPage } from './pages/gallery.tsx';
import { overview } from './pages/overview.tsx';
import { powerPage } from './pages/power.tsx';
import { setupPages } from './pages/setups.tsx';

const records = readRecords('reports/published');
const drawn = chapters(records);
const htmlOf = (page: Page | undefined): string => rendered(page as Page, [], '');
const pageOf = (id: string, of: Records = records): string =>
  htmlOf(claimPage(of.claims.find((each) => each.id === id) as Judged, of));

test('a setup that some claims look at beside the usual one has a page, with its texts, arms and places', () => {
  const name = 'other';
  const world = { name, about: 'A world', texts: [{ lesson: 'documents', text: '<s> Ada f0 x' }] };
  const runs = records.runs.filter(({ arm: { method } }) => method === 'sft' || method === 'rl');
  const claims = records.claims.map((each, i) => (i === 0 ? { ...each, setup: name } : each));
  const [page, ...others] = setupPages({ ...records, claims, elsewhere: [{ ...world, runs }] });
  expect([page?.file, others.length]).toEqual(['setup-other.html', 0]);
  const html = htmlOf(page);
  for (const told of [
    'A world',
    '&lt;s> Ada f0 x',
    claims[0]?.id,
    'RL, s = 1',
    'trained_after',
    'bystander, same topic',
  ])
    expect(html).toContain(told);
  expect(page?.figures.map(({ id }) => id)).toEqual(['setup-other-course']);
  expect(setupPages({ ...records, elsewhere: [{ ...world, runs: [] }] })).toEqual([]);
});

describe('shares of setups', () => {
  const where = records.claims.filter(({ setups }) => setups !== undefined);

  test('are told by rehearsal, together and by factor; that of the stratum is judged', () => {
    expect(where.map(({ id }) => id)).toEqual(expect.arrayContaining(['P1', 'P2']));
    for (const { id, judgement, setups } of where) {
      const { stratum, outcomes } = setups as NonNullable<typeof setups>;
      const rows = [
        ...pageOf(id).matchAll(/<tr><td>(with[a-z ]+)<\/td><td[^>]*>(\d+) of (\d+), \d+ % \[[^<]+\]<\/td><\/tr>/g),
      ];
      expect(rows.map(([, name]) => name)).toEqual(['without rehearsal', 'with rehearsal']);
      const [, , hits, n] = rows.find(([, name]) => name === stratum) as RegExpExecArray;
      expect([Number(hits), Number(n)]).toEqual([Math.round(judgement.mean * judgement.n), judgement.n]);
      expect(pageOf(id)).toMatch(/<td>together<\/td><td[^>]*>\d+ % \[/);
      const layers = outcomes.filter(({ changes }) => changes['model.layers'] === 3).length;
      expect(layers).toBeGreaterThan(0);
      expect(pageOf(id)).toMatch(/<td>model.layers<\/td><td[^>]*>2 \(registered\)<\/td>/);
      expect(pageOf(id)).toMatch(/<td>model.layers<\/td><td[^>]*>3<\/td>/);
    }
  });

  test('are told so in the overview, where claims hold and in the summary, too', () => {
    const [front, robustness] = [overview(records), drawn.find(({ file }) => file === 'robustness.html')];
    const { claims, ...rest } = records;
    const summary = summaryMarkdown({ ...rest, merged: false, judged: claims });
    for (const { setups } of where) {
      const stratum = setups?.stratum;
      const counts = `(${byRehearsal(setups as NonNullable<typeof setups>)
        .map(stratumText)
        .join(', ')})`;
      expect(pageOf(setups?.of as string)).toContain(counts);
      expect(htmlOf(front)).toContain(counts);
      const text = rehearsalText(setups as NonNullable<typeof setups>);
      expect(text).toMatch(
        /^\d+ of \d+ without rehearsal \[.+\], \d+ of \d+ with rehearsal \[.+\], together .+ \[.+\] where \d+ % rehearse$/,
      );
      expect(htmlOf(robustness)).toContain(text);
      expect(summary).toContain(
        `- On its side by rehearsal, with 95 % intervals, of which that ${stratum} is judged: ${text}\n`,
      );
    }
  });
});

test('notes of a claim are told on its page and in the summary, as text', () => {
  const claims = records.claims.map((each) =>
    each.id === 'H1' ? { ...each, mind: ['Judged <near> a | ceiling.', 'Second.'] } : each,
  );
  const { claims: _, ...rest } = records;
  expect(pageOf('H1', { ...rest, claims })).toContain(
    '<h2>Mind</h2><ul><li>Judged &lt;near> a | ceiling.</li><li>Second.</li></ul>',
  );
  expect(pageOf('H2', { ...rest, claims: claims.map(({ mind: __, ...each }) => each) })).not.toContain('<h2>Mind</h2>');
  const summary = summaryMarkdown({ ...rest, merged: false, judged: claims });
  expect(summary).toContain('- Mind: Judged &lt;near> a \\| ceiling.\n- Mind: Second.\n');
});

test('the page of a claim with a contrast says at which matchings it does not hold', () => {
  const { claims, ...rest } = records;
  const matchings = (['effect', 'steps', 'target KL'] as const).map((matching) => ({
    ...{ matching, mean: 0.2, low: matching === 'steps' ? -0.1 : 0.1, high: 0.3 },
  }));
  const contrast = { of: ['skill', 'documents'], at: ['dialogue', 'bystander', 'same topic'], number: 'tv' } as const;
  const told = (of: NonNullable<Judged['matchings']>): string =>
    pageOf('H1', {
      ...rest,
      claims: claims.map((each) => (each.id === 'H1' ? { ...each, contrast, matchings: of } : each)),
    });
  expect(told(matchings)).toContain("does not lie wholly on the estimate's side of 0 at equal steps: what the verdict");
  expect(told(matchings)).toContain('Total variation of skill less that of documents, in dialogues (bystanders, on');
  expect(told(matchings.filter(({ matching }) => matching !== 'steps'))).toContain(
    'Under every matching the interval lies',
  );
  expect(pageOf('H5a')).not.toContain('Matched otherwise');
});

test('whether a claim was registered on unread seeds is told in the tables, on its page and in the summary', () => {
  const { claims, registry, ...rest } = records;
  const profile = (claims[0] as Judged).profile;
  const dated = (id: string, holdout: boolean): Records['registry'] => {
    const known = registry[id] as RegisteredClaim;
    const result = { ...known.profiles[profile], holdout } as RegisteredResult;
    return {
      [id]: { ...known, declared: { commit: 'c0ffee'.repeat(7), text: '' }, profiles: { [profile]: result } },
    };
  };
  const { declared: _, ...undated } = registry['H3'] as RegisteredClaim;
  const { holdout: __, ...unknown } = undated.profiles[profile] as RegisteredResult;
  const H3 = { ...undated, profiles: { [profile]: unknown } };
  const told = { ...rest, claims, registry: { ...registry, ...dated('H1', true), ...dated('H2', false), H3 } };
  const summary = summaryMarkdown({ ...told, merged: false, judged: claims });
  for (const [id, word, phrase] of [
    ['H1', 'holdout', 'in commit c0ffeec0ffee, before any of its seeds was read (holdout)'],
    ['H2', 'read before', 'in commit c0ffeec0ffee, after some of its seeds were read: exploratory'],
    ['H3', 'not known', 'not known whether before its seeds were read'],
  ] as const) {
    expect(htmlOf(overview(told))).toMatch(new RegExp(`<a href="claim-${id}\\.html">.*?<td[^>]*>${word}</td></tr>`));
    expect(summary).toMatch(new RegExp(`^\\| ${id}( \\(exploratory\\))? \\|.* ${word} \\|$`, 'm'));
    expect(pageOf(id, told)).toContain(phrase);
    expect(pageOf(id, told)).toContain(`>${word}</td>`);
    expect(summary).toContain(`- Declared: ${phrase}`);
  }
});

describe('power', () => {
  const [h3, h7] = ['H3', 'H7'].map((id) => records.claims.find((each) => each.id === id) as Judged) as [
    Judged,
    Judged,
  ];
  const analysisFor = ({ id, spec, unit, prediction }: Judged, sd: number) =>
    powerOf({
      ...{ claim: id, spec, unit, prediction, interest: 0, replicates: { quick: 6, standard: 12, full: 32 } },
      ...{ seeds: [9001, 9002, 9003], values: [-sd, 0, sd], premiseFailures: [], confirmatory: 6 },
    });
  const wide = analysisFor(h3, 0.6);
  const power = [wide, analysisFor(h7, 0.02), { ...analysisFor(h7, 0.03), claim: 'H99' }];
  const once = { ...records, runs: records.runs.filter(({ arm }) => arm.again === undefined) };
  const pageWith = (of: Records): Page | undefined => powerPage(of)[0];

  test('is a page where it was analysed, which leaves out what is not of these claims, and says so', () => {
    expect(pageWith({ ...once, power: [] })).toBeUndefined();
    const html = htmlOf(pageWith({ ...once, power }));
    for (const [id, predicted] of powerRows(power.slice(0, 2)))
      expect(html).toMatch(new RegExp(`>${id} \\([^<]+\\)</a></td><td>${predicted}</td>`));
    expect(html).toMatch(/Analyses of claims that are not those of this run[^<]* H99\. Made again/);
    expect(html).not.toContain('<td>H99</td>');
    const stale = htmlOf(pageWith({ ...once, power: [{ ...wide, spec: 'another' }] }));
    expect(stale).toMatch(/are not shown: <a href="claim-H3.html">H3 \([^<]+\)<\/a>\./);
    expect(stale).not.toContain('<table');
  });

  test('is a page where arms were run again at every target, with the shares of base, target and run', () => {
    const own = records.runs.filter(
      ({ arm }) => arm.method === 'rl' && arm.skill === 1 && arm.rehearsal === 0 && isPlain({ arm }),
    );
    const first = own.filter(({ arm }) => arm.target === undefined);
    const turned = first.map((_, i) => first[(i + 1) % first.length] as (typeof first)[number]);
    const runs = first.flatMap((run, i) =>
      [{}, { target: 1 }].flatMap((target) => [
        { ...run, arm: { ...run.arm, ...target } },
        { ...run, arm: { ...run.arm, ...target, again: 1 }, places: (turned[i] as (typeof first)[number]).places },
      ]),
    );
    const html = htmlOf(pageWith({ ...once, power: [], runs }));
    expect(html).toMatch(/<td>RL, s = 1<\/td><td>spread, other topics<\/td>(<td[^>]*>[\d.]+ %<\/td>){3}/);
    expect(html).toContain(`${first.length} bases, 2 targets, 2 runs`);
    expect(html).not.toContain('Power analyses');
  });

  test('an equivalence that lacks it is marked where it is told in full, and no other', () => {
    const { claims, ...rest } = records;
    const summary = summaryMarkdown({ ...rest, merged: false, judged: claims }, power);
    for (const text of [pageOf('H3', { ...records, power }), summary])
      expect(text).toMatch(/Underpowered: were the truth 0 share of probability, [^<]*would take > 200 replicates/);
    expect(summary.match(/Underpowered/g)).toHaveLength(1);
    for (const of of [power, [{ ...wide, spec: 'another' }]])
      expect(pageOf(of === power ? 'H7' : 'H3', { ...records, power: of })).not.toContain('Underpowered');
  });
});

test('the first screen has the question, the experiment, the answer and how sure it is, and links every id', () => {
  const page = overview(records);
  expect(page.figures.map(({ id }) => id).slice(0, 4)).toEqual([
    ...['experiment', 'answer', 'answer-places-spread', 'answer-elsewhere-characters'],
  ]);
  const text = htmlOf(page);
  const order = [
    '<h1>How far',
    'id="figure-experiment"',
    'id="figure-answer"',
    '<h2>The answer',
    '<h2>How sure',
    '<h2>All concl',
  ];
  const places = order.map((each) => text.indexOf(each));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(Math.min(...places)).toBeGreaterThan(0);
  for (const word of ['target effect', 'spread', 'drift (TV)', 'rehearsal', 's'])
    expect(text).toContain(`<dt>${word}</dt>`);
  expect(text).toMatch(/<td data-column="it said before"><code>[^<]+<\/code><\/td>/);
  expect(text).toMatch(/<a href="claim-H1\.html">H1 \(SDFT below RL\)<\/a>: [\d.]+ by RL/);
});

test('the page of all figures leads to each where it stands, and to its file', () => {
  const pages = [overview(records), ...drawn];
  const html = htmlOf(galleryPage(pages));
  for (const { file, figures } of pages)
    for (const { id } of figures)
      for (const address of [`${file}#figure-${id}`, `figures/${id}.svg`]) expect(html).toContain(`href="${address}"`);
});

test('setups beside the usual one stand together in the navigation, open on a page of theirs', () => {
  const [setup] = setupPages(records);
  const nav = (page: Page): string => rendered(page, [overview(records), ...drawn], '');
  expect(nav(setup as Page)).toMatch(/<details open><summary>Other setups<\/summary>/);
  expect(nav(overview(records))).toMatch(/<details><summary>Other setups<\/summary>/);
});

test('the overview says what is measured where, and what a registration is', () => {
  const text = htmlOf(overview(records)).replaceAll(/\s+/g, ' ');
  expect(text).toMatch(/read in what bystanders say in dialogues[^<]*SDFT trains documents/);
  expect(text).toContain('it is no forecast');
  expect(text).toContain('recipe and margin may owe something to them, and no interval covers that choice');
});

test('the frontier is drawn in the course of runs, for every arm that was watched', () => {
  const figuresOf = (pages: readonly Page[]): Page['figures'] =>
    pages.find(({ file }) => file === 'frontier.html')?.figures ?? [];
  const figures = figuresOf(drawn);
  const numbers = ['spread-sameTopic', 'drift-sameTopic', 'spread-otherTopics', 'drift-otherTopics'];
  const ids = ['methods', 'held'].flatMap((set) => numbers.map((number) => `course-${set}-${number}`));
  expect(figures.map(({ id }) => id)).toEqual([...ids, 'frontier', 'learning']);
  const armsIn = (id: string): (string | undefined)[] =>
    figures.find((figure) => figure.id === id)?.rows.map(([arm]) => arm) ?? [];
  expect(armsIn('course-methods-spread-sameTopic')).not.toContain('RL, s = 1, rehearsal 1');
  expect(armsIn('course-held-spread-sameTopic').filter((arm) => arm === 'RL, s = 1, rehearsal 1')).toHaveLength(3);
  const runs = records.runs.map((run) => ({ ...run, places: { ...run.places, curve: null } }));
  expect(figuresOf(chapters({ ...records, runs }))[0]?.id).toBe('frontier');
});

describe('methods and worlds that the report does not know', () => {
  const pagesOf = (of: Records): Page[] => chapters(of);

  test('a method has a label, a shape and a colour in every figure', () => {
    const dpo = { id: 'dpo', label: 'DPO', skilled: true, leveled: true };
    const runs = records.runs.map((run) =>
      run.arm.method === 'sft'
        ? { ...run, arm: { ...run.arm, method: 'dpo', ...(run.arm.skill === 1 && { options: { beta: 0.1 } }) } }
        : run,
    );
    const pages = pagesOf({ ...records, runs, methods: [dpo, ...records.methods] });
    for (const file of ['dose-response.html', 'frontier.html', 'run.html']) {
      const html = htmlOf(pages.find((page) => page.file === file));
      expect(html).toMatch(/DPO, s = 1, beta 0\.1/);
      if (file !== 'run.html') expect(html).toMatch(/>[\d.]+ DPO, s = [\d.]+<\/text>/);
    }
    expect(htmlOf(pages.find(({ file }) => file === 'frontier.html'))).toContain('var(--fifth)');
  });

  test('of a world that the drawn measures cannot read there are no figures, and the run is still told', () => {
    const runs = records.runs.map(({ target: _t, text: _x, bystanders: _b, ...run }) => ({ ...run, measures: [] }));
    const pages = pagesOf({ ...records, runs: runs as object as Records['runs'] });
    expect(pages.map(({ file }) => file)).not.toContain('frontier.html');
    expect(htmlOf(pages.find(({ file }) => file === 'run.html'))).toMatch(/Arms/);
  });
});
