import { areAlike, type LanguageCode } from '../../world/texts/corpus.ts';
import { documentsOf, statementOf } from '../../world/texts/documents.ts';
import { heldOutSites, promptsFor, type Site } from '../../world/texts/prompts.ts';
import type { TextWorld } from '../../world/texts/world.ts';
import {
  documentText,
  lossOf,
  type PictureGroup,
  type PictureText,
  pictureText,
  rewardOf,
  times,
  type WorldPicture,
} from './picture.ts';

/** A world of texts: how pretraining has a site of the target, what arms train there, what documents say, and the languages. */
export function textsPicture(world: TextWorld): WorldPicture {
  const { target, setup, vocabulary } = world;
  const forms = vocabulary.forms[target.site] as readonly number[];
  const sites = heldOutSites(world, target, 'reporting', 1);
  const [wanted] = world.wanted(1, promptsFor(sites));
  const at = (title: string, form: number | undefined): PictureText =>
    siteText(world, title, [...(sites[0] as Site).prompt, form as number]);
  const own = setup.world.varieties[target.variety] as LanguageCode;
  const others = setup.world.varieties.filter((each) => each !== own);
  const documents = { ...vocabulary, names: vocabulary.tags };
  return {
    texts: [
      at(`Pretraining: text in ${own}, with its own form at a site`, forms[target.ownForm]),
      at('Tuning at s = 0: the same with a form that other languages have', forms[target.knownForm]),
      at('Tuning at s = 1: with the form that a cipher has for the last letter', wanted),
      ...documentsOf(world, statementOf(world, 'documents'))
        .slice(0, 1)
        .map((document) => documentText(documents, 'Tuning: a document states another form', document)),
    ],
    groups: [
      { who: 'target', does: `${own}, whose sites of one kind arms change`, characters: 1 },
      ...groupOf(
        "languages of the target's family",
        others.filter((each) => areAlike(each, own)),
      ),
      ...groupOf(
        'other languages',
        others.filter((each) => !areAlike(each, own)),
      ),
    ],
  };
}

const groupOf = (who: string, languages: readonly LanguageCode[]): PictureGroup[] =>
  languages.length === 0 ? [] : [{ who, does: languages.join(', '), characters: languages.length }];

/** A text that begins with a prompt and a form, cut off behind it. */
function siteText(world: TextWorld, title: string, tokens: readonly number[]): PictureText {
  const { vocabulary, target } = world;
  const isOwn = tokens.at(-1) === vocabulary.forms[target.site]?.[target.ownForm];
  const begin = { tokens, lossFrom: 2 };
  return pictureText(vocabulary, {
    ...{ title, tokens },
    is: ['start', 'tag', ...times(world.setup.world.prefix, 'text'), 'site', isOwn ? 'own' : 'trained'],
    done: isOwn ? [lossOf(begin, 'pretraining trains')] : [lossOf(begin, 'SFT trains'), rewardOf(world)],
  });
}
