/**
 * Texts of one kind and the predictions in them, as one place where a change may show: for example dialogues of bystanders on the
 * target's topic. What is asked of a place is what a network predicts there, whatever it would say itself.
 */
export interface Place {
  /**
   * What kind of place it is, in words that other places share, for example bystander, dialogue, same topic; no two places have the same
   * ones.
   */
  readonly tags: readonly string[];
  /** B texts. */
  readonly size: number;
  /** Token ids [B, L], L = model.context, filled up with the vocabulary's end token. */
  readonly tokens: Int32Array;
  /** The predictions, [N]: b (L - 1) + t for that of tokens[b, t + 1] from tokens[b, ..t], each once. */
  readonly predictions: Int32Array;
  /** What the target's training would have said there, for each prediction, [N]; -1 where it has no say. */
  readonly trained: Int32Array;
}

/** How much of a world's places is looked at: a little, as often as every few steps of a run, or all that results are reported on. */
export type Extent = 'glance' | 'whole';
