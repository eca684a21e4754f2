/** Heights near these, at least `gap` apart and at most `top`, in the same order. */
export function apart(heights: readonly number[], gap: number, top: number): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => (heights[a] as number) - (heights[b] as number));
  const placed = [...heights];
  order.forEach((i, rank) => {
    const below = order[rank - 1];
    if (below !== undefined) placed[i] = Math.max(placed[i] as number, (placed[below] as number) + gap);
  });
  order.toReversed().forEach((i, rank, all) => {
    const above = all[rank - 1];
    placed[i] = Math.min(placed[i] as number, above === undefined ? top : (placed[above] as number) - gap);
  });
  return placed;
}
