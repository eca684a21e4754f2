import type { JSX } from 'preact';
import { recordedCommand } from '../../claims/command.ts';
import {
  effectSizeText,
  endsText,
  intervalText,
  predictionText,
  pText,
  three,
  verdictText,
} from '../../claims/describe.ts';
import { premiseLines, stratumText } from '../../claims/explain.ts';
import type { Judged } from '../../claims/gate.ts';
import { declaredText, seedsText } from '../../claims/holdout.ts';
import { underpoweredLines } from '../../claims/power.ts';
import { byRehearsal } from '../../claims/rehearsal.ts';
import { isFirm } from '../../claims/reproduction.ts';
import { named } from '../../records/groups.ts';
import type { Records } from '../../records/read.ts';
import { replicates } from '../figures/replicates.ts';
import { setupsFigure } from '../figures/robustness.ts';
import { otherwiseAt } from '../matched.ts';
import { claimFile, Facts, FigureBox, type Page, Table, VerdictMark } from '../page.tsx';
import { idText, withNames } from '../short.ts';
import { sidesOf, sidesText } from '../sides.ts';
import { armText, placeText } from '../words.ts';
import { linked } from './linked.tsx';
import { Shares } from './shares.tsx';

/** The page of one claim: all that its verdict rests on. */
export function claimPage(each: Judged, records: Records): Page {
  const { registry, claims, methods, power } = records;
  const { id, statement, estimand, prediction, unit, family, judgement, familyVerdict, setups, file, profile } = each;
  const figure = setups === undefined ? replicates(each) : setupsFigure(id, setups, claims);
  const { interval, equivalenceInterval, bcaInterval, signFlipP } = judgement;
  const sides = sidesOf(each, records);
  const elsewhere = claims.filter((other) => other.setups?.of === id);
  const facts: [string, string][] = [
    ['Prediction', `${estimand} ${predictionText(prediction, unit)}`],
    ['Family', family],
    ['Declared', declaredText(registry[id], profile)],
    ['Estimate', `${intervalText({ mean: judgement.mean, ...interval }, prediction)} ${unit} (95 % interval)`],
    ...(equivalenceInterval === null
      ? []
      : [['90 % interval (TOST)', `${endsText(equivalenceInterval, prediction)} ${unit}`] as [string, string]]),
    ...(sides === undefined || each.contrast === undefined
      ? []
      : [
          [`Read ${placeText(each.contrast.at)}`, `${numberText(each.contrast.number)}: ${sidesText(sides)}`] as [
            string,
            string,
          ],
        ]),
    ['Effect size g_z', effectSizeText(judgement.hedgesGz)],
    [
      'p of what the mean points to',
      `${pText(judgement.pDecided)}${each.holmP === null ? '' : `, after Holm ${pText(each.holmP)}`}`,
    ],
    ...(signFlipP === null ? [] : [['Sign-flip p', pText(signFlipP)] as [string, string]]),
    ...(bcaInterval === null
      ? []
      : [['BCa bootstrap interval (never decides)', endsText(bcaInterval, prediction)] as [string, string]]),
    ['Minimum detectable', `${three(judgement.minimumDetectable)} ${unit} from the margin, at power 0.8`],
    [
      'Arms',
      Object.entries(each.arms)
        .map(([name, arm]) => `${name}: ${armText(named(arm, methods))}`)
        .join('; ') || 'none of its own',
    ],
    [
      'Target effects, mean',
      Object.entries(each.targetEffects)
        .map(([name, effect]) => `${name} ${three(effect)}`)
        .join(', ') || '-',
    ],
    ['Measured on', `${each.engine}: ${each.devices.join('; ')}`],
  ];
  const known = registry[id];
  const failures = premiseLines(each);
  return {
    file: claimFile(id),
    title: idText(each),
    figures: [figure],
    body: (
      <>
        <h1>
          {id} {withNames(statement, claims)}
        </h1>
        <p>
          <VerdictMark verdict={familyVerdict} firm={each.firm} /> at the profile {profile}
          {familyVerdict === judgement.verdict ? '' : `; alone it is ${judgement.verdict}`}
        </p>
        <Facts facts={facts.map(([term, value]) => [term, withNames(value, claims)])} />
        {(each.mind ?? []).length > 0 && (
          <>
            <h2>Mind</h2>
            <ul>
              {each.mind?.map((note) => (
                <li key={note}>{linked(note, claims)}</li>
              ))}
            </ul>
          </>
        )}
        {judgement.warning !== null && <p class="warn">Mind the shape: {judgement.warning}.</p>}
        {underpoweredLines(each, power).map((line) => (
          <p class="warn" key={line}>
            {line}
          </p>
        ))}
        {!each.firm && (
          <p class="note">
            Borderline: a mean that another device or a repetition may well give (within the 95 % prediction interval)
            would change this verdict.
          </p>
        )}
        <h2>Premises</h2>
        {failures.length === 0 ? (
          <p>No premise failed in any replicate.</p>
        ) : (
          failures.map((line) => <p key={line}>{linked(line, claims)}</p>)
        )}
        {each.contrast !== undefined && each.matchings !== undefined && (
          <Matchings of={{ ...each, contrast: each.contrast, matchings: each.matchings }} />
        )}
        <h2>{setups === undefined ? 'Replicates' : 'Setups'}</h2>
        <FigureBox figure={figure} />
        {setups !== undefined && <Shares told={idText(each)} setups={setups} />}
        {elsewhere.length > 0 && <h2>Elsewhere</h2>}
        {elsewhere.map((where) => (
          <p key={where.id}>
            {linked(where.id, [where])}: {withNames(where.statement, claims)}, predicted{' '}
            {predictionText(where.prediction, where.unit)} –{' '}
            <VerdictMark verdict={where.familyVerdict} firm={where.firm} />,{' '}
            {intervalText({ mean: where.judgement.mean, ...where.judgement.interval }, where.prediction)} of{' '}
            {where.judgement.n} setups
            {where.setups === undefined ? '' : ` (${byRehearsal(where.setups).map(stratumText).join(', ')})`}.
          </p>
        ))}
        <h2>Registered</h2>
        {known === undefined ? (
          <p>This claim is not registered.</p>
        ) : (
          <Table
            caption={`Registered verdicts of ${idText(each)}`}
            columns={[
              'profile',
              'predicted',
              'verdict',
              'after Holm',
              'estimate [95 % interval]',
              'n',
              'seeds',
              'engine',
            ]}
            rows={Object.entries(known.profiles).map(([name, result]) => [
              name,
              predictionText(known.content.prediction, known.content.unit),
              result.verdict,
              verdictText(result.familyVerdict, isFirm(registry, id, name as Judged['profile'])),
              intervalText(result, prediction),
              String(result.n),
              seedsText(result),
              result.engine,
            ])}
          />
        )}
        {known?.history !== undefined && (
          <Table
            caption={`Registered before, oldest first: ${idText(each)}`}
            columns={[
              'profile',
              'verdict',
              'after Holm',
              'estimate [95 % interval]',
              'n',
              'seeds',
              'as what',
              'commit',
            ]}
            rows={known.history.map((result) => [
              result.profile,
              result.verdict,
              result.familyVerdict,
              intervalText(result, prediction),
              String(result.n),
              seedsText(result),
              result.spec === known.spec ? 'what it is now' : 'its files, setup or code were others',
              result.commit?.slice(0, 8) ?? '-',
            ])}
          />
        )}
        <h2>Run it again</h2>
        <p>
          <code>
            {recordedCommand({ SPILLOVER_PROFILE: profile, SPILLOVER_ENGINE: each.engine }, `npx vitest run ${file}`)}
          </code>
        </p>
      </>
    ),
  };
}

/** What a contrast reads, in words. */
const numberText = (number: NonNullable<Judged['contrast']>['number']): string =>
  number === 'tv' ? 'Total variation' : number === 'kl' ? 'KL (nats)' : `Probability: ${number}`;

/** The contrast of a claim where its two arms match in effect, in steps and in target KL. */
function Matchings({
  of: each,
}: {
  readonly of: Judged & Required<Pick<Judged, 'contrast' | 'matchings'>>;
}): JSX.Element {
  const { of, at, number } = each.contrast;
  const otherwise = otherwiseAt(each) ?? [];
  const said =
    each.prediction.kind === 'equivalent' && each.familyVerdict === 'supported'
      ? 'within the margin'
      : "on the estimate's side of 0";
  return (
    <>
      <h2>Matched otherwise</h2>
      <p>
        {otherwise.length === 0
          ? `Under every matching the interval lies wholly ${said}.`
          : `The interval does not lie wholly ${said} at equal ${otherwise.map(({ matching }) => matching).join(', nor at equal ')}: what the verdict says holds for its own matching alone.`}
      </p>
      <Table
        caption={`${numberText(number)} of ${of[0]} less that of ${of[1]}, ${placeText(at)}, read from the courses of the two arms; shown beside the verdict, which rests on their ends`}
        columns={['at equal', 'difference [95 % interval]']}
        rows={each.matchings.map(({ matching, mean, low, high }) => [
          matching,
          `${three(mean)} [${three(low)}, ${three(high)}]`,
        ])}
      />
    </>
  );
}
