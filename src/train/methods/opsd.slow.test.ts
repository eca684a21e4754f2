import { expect, test } from 'vitest';
import { InputError } from '../../core/errors.ts';
import { stream } from '../../core/rng.ts';
import { onnxCpu } from '../../engine/engines/onnx-cpu.ts';
import { Programs } from '../../engine/programs.ts';
import { loadEngine } from '../../engine/select.ts';
import { loadSetup, worldOf } from '../../lab/setup.ts';
import { nextTokenLogProbabilities } from '../../model/inference.ts';
import { architectureOf, initialParameters, layoutOf } from '../../model/parameters.ts';
import { methodContract } from '../../testing/method.ts';
import { worlds } from '../../world/index.ts';
import { checkFits } from '../check.ts';
import { Learner } from '../learner.ts';
import { method, opsd } from './opsd.ts';

const small = loadSetup('fixtures/setups/small.json', worlds);
const setup = { ...small, model: { ...small.model, context: 13 } };

methodContract(method, {
  arms: [opsd(), opsd({ rehearsal: 1, direction: 'forward' })],
  setup,
  worlds,
});

const world = worldOf(setup, 3, worlds);
const engine = await loadEngine(onnxCpu);
const architecture = architectureOf(world);
const base = initialParameters(layoutOf(architecture), stream(1, 'init')).map((value) => 3 * value);
const { prompt: T, answer: m, statement: S = 0 } = world.lengths;

test.each([
  'reverse',
  'forward',
] as const)('the loss is the %s KL to the base that has read a statement', async (direction) => {
  const programs = new Programs(engine);
  const options = { direction };
  const draw = method.draws({ world, arm: opsd({ direction }), options, seed: 2 })();
  const stepOn = method.steps({ programs, architecture, world, options, bases: [base] });
  const { program, feeds } = await stepOn([draw]);
  const student = base.map((value, i) => value + 0.1 * Math.sin(i));
  const learner = new Learner([student], [0.9, 0.9]);
  const outputs = await learner.step(program, [0], feeds);
  const loss = (outputs['loss'] as Float32Array)[0] as number;

  // The slow way: the student's answers are recovered from its own distribution and the noise that was fed.
  const { prompts, statements, noise } = draw.feeds as Readonly<Record<string, Int32Array>>;
  const B = setup.tuning.rollouts;
  const V = architecture.vocabulary;
  const answers: number[][] = Array.from({ length: B }, () => []);
  const logpOf = async (network: Float32Array, rows: number[][]): Promise<number[][]> => {
    const tokens = Int32Array.from(rows.flatMap((row) => [...row, 0]));
    const logp = await nextTokenLogProbabilities(programs, architecture, network, { size: rows.length, tokens }, 1);
    return rows.map((_, b) => [...logp.subarray(b * V, (b + 1) * V)]);
  };
  const row = (values: Int32Array, b: number, length: number): number[] => [
    ...values.subarray(b * length, (b + 1) * length),
  ];
  let total = 0;
  for (let i = 0; i < m; i++) {
    const asked = answers.map((answer, b) => [...row(prompts!, b, T), ...answer]);
    const [of, from] = [
      await logpOf(student, asked),
      await logpOf(
        base,
        asked.map((each, b) => [...row(statements!, b, S), ...each]),
      ),
    ];
    for (let b = 0; b < B; b++) {
      const [s, t] = [of[b] as number[], from[b] as number[]];
      const [p, q] = direction === 'reverse' ? [s, t] : [t, s];
      total += p.reduce((sum, logp, v) => sum + Math.exp(logp) * (logp - (q[v] as number)), 0);
      const upTo = (v: number): number => s.slice(0, v + 1).reduce((sum, logp) => sum + Math.exp(logp), 0);
      answers[b]?.push(s.findIndex((_, v) => upTo(v) > (noise![b * m + i] as number)));
    }
  }
  expect(loss).toBeCloseTo(total / (B * m), 4);
  expect(loss).toBeGreaterThan(1e-3);
  learner.dispose();
  await programs.dispose();
});

test('steps along the gradient draw the student nearer to its teacher', async () => {
  const programs = new Programs(engine);
  const options = { direction: 'reverse' } as const;
  const draw = method.draws({ world, arm: opsd(), options, seed: 2 })();
  const stepOn = method.steps({ programs, architecture, world, options, bases: [base] });
  const learner = new Learner([base], [0.9, 0.98]);
  const losses: number[] = [];
  for (let step = 0; step < 20; step++) {
    const { program, feeds } = await stepOn([draw]);
    losses.push(((await learner.step(program, [1e-3], feeds))['loss'] as Float32Array)[0] as number);
  }
  expect(losses.at(-1)).toBeLessThan((losses[0] as number) / 2);
  learner.dispose();
  await programs.dispose();
});

test('a context in which the teacher cannot read is refused, with the one that it needs', () => {
  const short = { ...small, model: { ...small.model, context: 12 } };
  const fits = (): void => checkFits(opsd(), method, worldOf(short, 3, worlds));
  expect(fits).toThrow(InputError);
  expect(fits).toThrow(/OPSD is not for this setup[\s\S]*at least 13[\s\S]*got: 12/);
});
