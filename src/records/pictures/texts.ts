import { areAlike, type LanguageCode } from '../../world/texts/corpus.ts';
import { documentsOf, statementOf } from '../../world/texts/documents.ts';
import { heldOutSites, promptsFor } from '../../world/texts/prompts.ts';
import type { TextWorld } from '../../world/texts/world.ts';
import { documentText, lossOf, type PictureText, pictureText, rewardOf, type WorldPicture } from './picture.ts';

/** A world of texts: how pretraining has a site of the target, what arms train there, what documents say, and the languages. */
export function textsPicture(world: TextWorld): WorldPicture {
  const { target, setup, vocabulary } = world;
  const forms = vocabulary.forms[target.site] as readonly number[];
  const [site] = heldOutSites(world, target, 'reporting', 1);
  const prompt = site === undefined ? [] : [...site.prompt];
  const [wanted] = world.wanted(1, promptsFor(site === undefined ? [] : [site]));
  const documents = { ...vocabulary, names: vocabulary.tags };
  const [stated] = documentsOf(world, statementOf(world, 'documents'));
  const language = (of: number): LanguageCode => setup.world.varieties[of] as LanguageCode;
  const others = [...setup.world.varieties.keys()].filter((variety) => variety !== target.variety);
  const groupOf = (alike: boolean): string[] =>
    others.map(language).filter((each) => areAlike(each, language(target.variety)) === alike);
  return {
    texts: [
      siteText(world, `Pretraining: text in ${language(target.variety)}, with its own form at a site`, [
        ...prompt,
        forms[target.ownForm] as number,
      ]),
      siteText(world, 'Tuning at s = 0: the same with a form that other languages have', [
        ...prompt,
        forms[target.knownForm] as number,
      ]),
      siteText(world, 'Tuning at s = 1: with the form that a cipher has for the last letter', [
        ...prompt,
        wanted as number,
      ]),
      ...(stated ? [documentText(documents, 'Tuning: a document states another form', stated)] : []),
    ],
    groups: [
      { who: 'target', does: `${language(target.variety)}, whose sites of one kind arms change`, characters: 1 },
      ...([true, false] as const).flatMap((alike) => {
        const all = groupOf(alike);
        const who = alike ? "languages of the target's family" : 'other languages';
        return all.length === 0 ? [] : [{ who, does: all.join(', '), characters: all.length }];
      }),
    ],
  };
}

/** A text that begins with a prompt and a form, cut off behind it. */
function siteText(world: TextWorld, title: string, tokens: readonly number[]): PictureText {
  const { vocabulary, target } = world;
  const form = tokens.at(-1) as number;
  const isOwn = form === vocabulary.forms[target.site]?.[target.ownForm];
  const begin = { tokens, lossFrom: 2 };
  return pictureText(vocabulary, {
    ...{ title, tokens },
    is: tokens.map(
      (_, i) =>
        ['start', 'tag'][i] ??
        (i < tokens.length - 2 ? 'text' : i < tokens.length - 1 ? 'site' : isOwn ? 'own' : 'trained'),
    ),
    done: isOwn ? [lossOf(begin, 'pretraining trains')] : [lossOf(begin, 'SFT trains'), rewardOf(world)],
  });
}
