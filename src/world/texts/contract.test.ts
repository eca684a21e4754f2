import { worldContract } from '../../testing/world.ts';
import { texts } from './index.ts';
import { smallTexts } from './small.test.helper.ts';

worldContract(texts, { setup: smallTexts });
