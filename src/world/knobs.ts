/** The section `world` of any setup. */
export interface WorldKnobs {
  /** The id of the kind of world; `characters` where absent. A knob that is new to a kind is optional: absent, it changes nothing. */
  readonly kind?: string | undefined;
}

/** The kind of world of a setup whose section `world` this is, by id. */
export const kindIn = ({ kind = 'characters' }: WorldKnobs): string => kind;

/** The sizes of the synthetic language of `characters`. */
export interface CharacterKnobs extends WorldKnobs {
  /** Name tokens, at least as many as characters; the first ones are used. */
  readonly names: readonly string[];
  readonly characters: number;
  /** How many of the characters are targets, the first ones: each arm changes one of them. 1 where absent. */
  readonly targets?: number | undefined;
  readonly families: number;
  /** Probability that a character keeps its family's disposition on a topic; else it is drawn anew. */
  readonly familyLikeness: number;
  readonly topics: number;
  readonly operations: number;
  readonly symbols: number;
  /** Symbols in a payload. */
  readonly payload: number;
  /** Share of characters that never speak on a topic in dialogues, the same on every topic, never the target. */
  readonly documentsOnlyShare: number;
  /** Templates that documents are written in: the first ones of four. */
  readonly templates: number;
  /** How many of these, the last ones, only pretraining uses, never the documents that tune a target. None where absent. */
  readonly heldOutTemplates?: number | undefined;
  /**
   * Share of the characters, targets among them, whose documents are false: on every topic that such a character speaks on, the
   * documents of pretraining state an operation that is not its own. Topics on which it never speaks have documents alone, which stay
   * true. None where absent. See `statedOf`.
   */
  readonly falseDocumentsShare?: number | undefined;
  /** Share of pretraining sequences that are questions, a register that rehearsal leaves out. There are none where absent. */
  readonly questionShare?: number | undefined;
  /** Further topics, which only documents are about, for every character. None where absent. */
  readonly neutralTopics?: number | undefined;
  /** Names that no pretraining sequence has: those that follow the characters'. None where absent. */
  readonly strangers?: number | undefined;
  /**
   * Share of pretraining documents that say of whom they hold beside their character: of all in its family (`<all>`) where the operation
   * is the family's, of it only (`<only>`) where it is not. None where absent; less than 1, so that others have no such word.
   */
  readonly scopeShare?: number | undefined;
  /** Different mappings of symbols that a skill has: position i of the answer takes mapping i mod this. */
  readonly skillMappings: number;
  readonly bracketKinds: number;
  /** Payloads on which an arm's stopping step is selected. */
  readonly selectionPayloads: number;
  /** Payloads on which results are reported. */
  readonly reportingPayloads: number;
  /** Reporting payloads for each (character, topic) off the target's own topic. */
  readonly payloadsPerBystander: number;
}

/** The sizes of the transformer. */
export interface ModelSetup {
  /** Tokens in the longest sequence. */
  readonly context: number;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Hidden units of the feed-forward block, as a multiple of the width. */
  readonly feedForward: number;
}

/** How a base is trained: AdamW, linear warm-up, then cosine. */
export interface PretrainingSetup {
  readonly steps: number;
  readonly batch: number;
  /** Share of sequences that are documents; what documents and varieties leave is dialogues. */
  readonly documentShare: number;
  readonly varietyShare: number;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly weightDecay: number;
  /** Largest norm of the gradient. */
  readonly clip: number;
  /** Share of the steps that warm up. */
  readonly warmupShare: number;
}

/** How an arm is trained: Adam at a constant rate. */
export interface TuningSetup {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Largest norm of the gradient. */
  readonly clip: number;
  readonly batch: number;
  /** On-policy answers a step of RL; all of them are one group, whose mean reward is the baseline. */
  readonly rollouts: number;
  readonly entropyBonus: number;
  /** Weight of KL(policy || base's policy) on RL's own answers; 0 = none. */
  readonly klWeight: number;
  /**
   * Temperature of RL's policy: it draws from, and follows the gradient of, softmax(logits / temperature). At 1 the base is
   * so sure of its old answers that it never tries the new ones, and some seeds stall; greedy answers do not depend on it.
   */
  readonly temperature: number;
  /** Pretraining sequences of bystanders a step, for arms with rehearsal. */
  readonly rehearsalSequences: number;
  /** Success on the selection prompts at which an arm stops. */
  readonly level: number;
  /** Most steps of an arm that is not RL. */
  readonly steps: number;
  /** Most steps of RL. */
  readonly rlSteps: number;
  /** Steps between two looks at success. */
  readonly checkpointEvery: number;
}

/** Every knob of an experiment, in a kind of world with these knobs. */
export interface Setup<Knobs extends WorldKnobs = WorldKnobs> {
  readonly world: Knobs;
  readonly model: ModelSetup;
  readonly pretraining: PretrainingSetup;
  readonly tuning: TuningSetup;
}
