import { loadSetup } from '../lab/setup.ts';
import { bystanders } from '../measure/measures/bystanders.ts';
import { gaming } from '../measure/measures/gaming.ts';
import { gamingQuality } from '../measure/measures/gaming-quality.ts';
import { gamingTranscript } from '../measure/measures/gaming-transcript.ts';
import { grafts } from '../measure/measures/grafts.ts';
import { hidden } from '../measure/measures/hidden.ts';
import { influence } from '../measure/measures/influence.ts';
import { places } from '../measure/measures/places.ts';
import { pushes } from '../measure/measures/pushes.ts';
import { quality } from '../measure/measures/quality.ts';
import { target } from '../measure/measures/target.ts';
import { text } from '../measure/measures/text.ts';
import { textSamples } from '../measure/measures/text-samples.ts';
import { texts } from '../measure/measures/texts.ts';
import { textsQuality } from '../measure/measures/texts-quality.ts';
import { transcript } from '../measure/measures/transcript.ts';
import { rl } from '../train/arms.ts';
import { characters } from '../world/characters/index.ts';
import { drawWorld } from '../world/characters/world.ts';
import { smallDial, smallNew } from '../world/gaming/small.test.helper.ts';
import { drawWorld as drawGaming } from '../world/gaming/world.ts';
import { smallTexts } from '../world/texts/small.test.helper.ts';
import { drawWorld as drawTexts } from '../world/texts/world.ts';

import { baseMeasureContract, measureContract } from './measure.ts';

const world = drawWorld(loadSetup('fixtures/setups/small.json', [characters]), 5);

measureContract(target, {
  world,
  unchanged: ({ trainedBefore, trainedAfter, kl, otherTopicsTv }) =>
    trainedBefore === trainedAfter && kl === 0 && otherTopicsTv === 0,
});
measureContract(text, {
  world,
  unchanged: ({ beliefBefore, beliefAfter, documentTv, varietyTv }) =>
    beliefBefore === beliefAfter && documentTv === 0 && varietyTv === 0,
});
measureContract(bystanders, {
  world,
  unchanged: (groups) =>
    groups.every(({ tv, js, kl, damage, spread }) => [tv, js, kl, damage, spread].every((value) => value === 0)),
});
measureContract(places, {
  world,
  unchanged: ({ end }) =>
    end.every(({ tv, kl, damage, spread }) => [tv, kl, damage, spread].every((value) => value === 0)),
});
measureContract(hidden, {
  world,
  unchanged: (all) =>
    all
      .flatMap(({ changes }) => changes)
      .every(({ tv, kl, damage, spread }) => [tv, kl, damage, spread].every((value) => value === 0)),
});
measureContract(pushes, {
  world,
  unchanged: ({ change, base, tuned, pushed }) =>
    change === 0 &&
    [{ base, tuned }, ...pushed.filter(({ kind }) => kind.startsWith('own'))].every(
      (each) => JSON.stringify(each.base) === JSON.stringify(each.tuned),
    ),
});
measureContract(grafts, {
  world,
  unchanged: ({ scales, shuffled }) =>
    (['target', 'bystanders'] as const).every((whom) =>
      scales.flatMap((each) => each[whom]).every((each) => JSON.stringify(each) === JSON.stringify(shuffled[whom])),
    ),
});
measureContract(influence, {
  world,
  unchanged: ({ rho, rhoOtherFamilies }) => rho === null && rhoOtherFamilies === null,
});
measureContract(transcript, { world, unchanged: (said) => said.every(({ before, after }) => before === after) });
baseMeasureContract(quality, { world });

for (const small of [smallDial, smallNew]) {
  const games = drawGaming(small, 5);
  measureContract(gaming, {
    world: games,
    arm: rl({ skill: 0 }),
    unchanged: (all) => all.every(({ before, after }) => JSON.stringify(before) === JSON.stringify(after)),
  });
  measureContract(gamingTranscript, {
    world: games,
    arm: rl({ skill: 0 }),
    unchanged: (said) => said.every(({ before, after }) => JSON.stringify(before) === JSON.stringify(after)),
  });
  baseMeasureContract(gamingQuality, { world: games });
}
measureContract(places, {
  world: drawGaming(smallDial, 5),
  arm: rl({ skill: 0 }),
  unchanged: ({ end }) =>
    end.every(({ tv, kl, damage, spread }) => [tv, kl, damage, spread].every((value) => value === 0)),
});

const varieties = drawTexts(smallTexts, 5);
measureContract(texts, {
  world: varieties,
  unchanged: (all) =>
    all.every(({ before, after, tv, kl }) => tv === 0 && kl === 0 && JSON.stringify(before) === JSON.stringify(after)),
});
measureContract(textSamples, {
  world: varieties,
  unchanged: (all) =>
    all.every(({ classified, examples }) =>
      [classified, ...examples].every(({ before, after }) => JSON.stringify(before) === JSON.stringify(after)),
    ),
});
measureContract(places, {
  world: varieties,
  unchanged: ({ end }) => end.every(({ tv, kl, spread }) => [tv, kl, spread].every((value) => value === 0)),
});
baseMeasureContract(textsQuality, { world: varieties });
