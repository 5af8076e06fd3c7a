/** The indexes of a longest rising subsequence: as few as possible are left out, and those are what is out of order. */
export function keptInOrder(places: readonly number[]): Set<number> {
  /** For each length, the index at which the subsequence with the lowest end ends. */
  const ends: number[] = [];
  const before: number[] = [];
  places.forEach((place, index) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[ends[middle] as number] as number) < place) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (ends[low - 1] as number) : -1;
    ends[low] = index;
  });
  const kept = new Set<number>();
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] as number) kept.add(index);
  return kept;
}
