import type { World } from '../../world/world.ts';
import { gamingPicture } from './gaming.ts';
import type { WorldPicture } from './picture.ts';
import { planPicture } from './plans.ts';
import { textsPicture } from './texts.ts';

/** How the worlds of a kind are drawn. */
interface KindPicture {
  /** The id of the kind. */
  readonly kind: string;
  of(world: World): WorldPicture;
}

/** The kinds of world that have a picture. */
export const PICTURES: readonly KindPicture[] = [
  { kind: 'plans', of: planPicture },
  { kind: 'gaming', of: gamingPicture },
  { kind: 'texts', of: textsPicture },
];

/** A world at a glance; undefined where its kind has no picture. */
export const pictureOf = (world: World): WorldPicture | undefined =>
  PICTURES.find(({ kind }) => kind === world.kind)?.of(world);
