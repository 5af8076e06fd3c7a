// biome-ignore-all lint/style/noNonNullAssertion: places are within the array
/** The value that the `count` greatest reach; lower than all where there are no more. Sorting thousands takes milliseconds. */
export function leastOfGreatest(values: ArrayLike<number>, count: number): number {
  if (values.length <= count) return -Infinity;
  const some = Float64Array.from(values);
  const wanted = some.length - count;
  let [from, to] = [0, some.length - 1];
  // Hoare's selection: https://doi.org/10.1145/366622.366647
  while (from < to) {
    const pivot = some[(from + to) >> 1]!;
    let [low, high] = [from, to];
    while (low <= high) {
      while (some[low]! < pivot) low++;
      while (some[high]! > pivot) high--;
      if (low > high) break;
      const swapped = some[low]!;
      some[low++] = some[high]!;
      some[high--] = swapped;
    }
    if (wanted <= high) to = high;
    else if (wanted >= low) from = low;
    else break;
  }
  return some[wanted]!;
}
