import { InputError } from '../core/errors.ts';
import type { EngineModule } from './engine.ts';

/** The engine of every registered number, where nothing else is asked for. */
export const DEFAULT_ENGINE = 'onnx:cpu';

/**
 * The engine on the list that a text names; the default where it names none. Throws `InputError` for an unknown one, and for a
 * list on which two engines have one id.
 */
export function engineNamed(engines: readonly EngineModule[], id: string | undefined): EngineModule {
  const ids = engines.map((each) => each.id);
  const twice = ids.find((each, at) => ids.indexOf(each) < at);
  if (twice !== undefined)
    throw new InputError('two engines have one id', {
      expected: 'every id once on the list of engines',
      got: `'${twice}' twice`,
      todo: 'give one of them another id, or take it off the list',
    });
  const wanted = id || DEFAULT_ENGINE;
  const engine = engines.find((each) => each.id === wanted);
  if (engine !== undefined) return engine;
  throw new InputError('unknown engine', {
    expected: `one of ${ids.join(', ')}; npm test, reproduce and register also take auto`,
    got: `'${wanted}'`,
    todo: `set SPILLOVER_ENGINE to one of them, or unset it for ${DEFAULT_ENGINE}`,
  });
}
