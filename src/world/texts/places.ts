import { stream } from '../../core/rng.ts';
import { Gathered, type Told } from '../gathered.ts';
import type { Extent, Place } from '../place.ts';
import type { Sequence } from '../sequence.ts';
import { areAlike, type LanguageCode } from './corpus.ts';
import { documentsOf, ownStatement, taughtTemplates } from './documents.ts';
import { ownFormOf, type Pair, pairsOf, type Texting } from './language.ts';
import { heldOutSites, promptsFor, trainedAnswers } from './prompts.ts';
import { ownText } from './writing.ts';

/** How many sites are looked at, of the target's pair, of the same kind elsewhere and of other kinds, and how many texts. */
const SIZES: Readonly<
  Record<Extent, { readonly target: number; readonly same: number; readonly others: number; readonly texts: number }>
> = {
  glance: { target: 16, same: 4, others: 1, texts: 1 },
  whole: { target: 64, same: 16, others: 16, texts: 4 },
};

/**
 * The places of a world of texts, on held-out messages. `text`, `site`: the form behind the mark of a site, of the target and of
 * bystanders, apart by whether they are alike (of one family of languages) and by whether texts ever show their form; at sites of the
 * target's kind the training would have said the form that it trains after the same letter. `text`, `running`: every token of text but
 * forms. `document`: what is stated of a variety, by whether tuning uses the template; at the target's kind of site the training would
 * have said the known form. At a glance there are few of each.
 */
export function textPlacesOf(texting: Texting, skill: number, extent: Extent): Place[] {
  const { target, setup } = texting;
  const sizes = SIZES[extent];
  const gathered = new Gathered();
  for (const pair of pairsOf(setup)) {
    const isSame = pair.site === target.site;
    const most = !isSame ? sizes.others : pair.variety === target.variety ? sizes.target : sizes.same;
    const tags = [...whoOf(texting, pair.variety), isSame ? 'same site' : 'other sites'];
    const count = Math.min(most, setup.world.reportingPrompts);
    const shown = texting.documentsOnly[pair.variety]?.[pair.site] === true ? 'documents only' : 'spoken';
    gathered.put(['text', 'site', ...tags, shown], ...siteTexts(texting, pair, { skill, count }));
    const known = texting.vocabulary.forms[pair.site]?.[target.knownForm] as number;
    for (const [d, sequence] of documentsOf(texting, ownStatement(texting, pair)).entries()) {
      const isOne = isSame && (pair.variety === target.variety || d === pair.variety % setup.world.templates);
      if (extent === 'glance' && !isOne) continue;
      const template = d < taughtTemplates(texting) ? 'trained template' : 'held-out template';
      gathered.put(['document', ...tags, template], { sequence, ...(isSame && { trained: [known] }) });
    }
  }
  for (const variety of setup.world.varieties.keys()) {
    const rng = stream(texting.seed, 'places', 'texts', variety);
    const texts = Array.from({ length: sizes.texts }, () => ownText(texting, variety, texting.messages.reporting, rng));
    gathered.put(
      ['text', 'running', ...whoOf(texting, variety)],
      ...texts.map((each) => ({ sequence: withoutForms(texting, each) })),
    );
  }
  return gathered.places(texting);
}

/** Which variety it is, and of bystanders whether its language is of the target's family. */
function whoOf({ target, setup }: Texting, variety: number): string[] {
  if (variety === target.variety) return ['target'];
  const language = (of: number): LanguageCode => setup.world.varieties[of] as LanguageCode;
  return ['bystander', areAlike(language(variety), language(target.variety)) ? 'alike' : 'not alike'];
}

/** The first held-out sites of a pair, written in its own form, and what an arm of this skill would have written there. */
function siteTexts(
  texting: Texting,
  pair: Pair,
  { skill, count }: { readonly skill: number; readonly count: number },
): Told[] {
  const sites = heldOutSites(texting, pair, 'reporting', count);
  const own = texting.vocabulary.forms[pair.site]?.[ownFormOf(texting, pair)] as number;
  const wanted = pair.site === texting.target.site ? trainedAnswers(texting, skill, promptsFor(sites)) : undefined;
  return sites.map(({ prompt }, i) => ({
    sequence: { tokens: [...prompt, own], lossFrom: prompt.length },
    ...(wanted && { trained: [wanted[i] as number] }),
  }));
}

/** The same text with loss on its tokens of running text alone. */
function withoutForms({ vocabulary }: Texting, { tokens, lossFrom }: Sequence): Sequence {
  const forms = new Set(vocabulary.forms.flat());
  return {
    tokens,
    lossFrom: tokens.length,
    lossAt: [...tokens.keys()].filter((i) => i >= lossFrom && !forms.has(tokens[i] as number)),
  };
}
