/** Precision, recall and F1 are 0 where their denominator is (scikit-learn's `zero_division=0`). */
export interface AveragedScores {
  /** Right among what was predicted to be the class: TP / (TP + FP). */
  precision: number;
  /** Right among what is the class: TP / (TP + FN). */
  recall: number;
  /** Harmonic mean of both: 2 TP / (2 TP + FP + FN). */
  f1: number;
}

export interface ClassScores extends AveragedScores {
  class: string;
  /** Rows of the class. */
  support: number;
  /** One against all others; absent when all rows are of the class, or none is. */
  rocAuc?: number;
}

export type Scores = AveragedScores & { support: number };

export function scoresOfClasses(matrix: number[][]): Scores[] {
  return matrix.map((row, index) => {
    const right = row[index] as number;
    const support = sum(row);
    const predicted = sum(matrix.map((other) => other[index] as number));
    return {
      precision: ratio(right, predicted),
      recall: ratio(right, support),
      f1: ratio(2 * right, predicted + support),
      support,
    };
  });
}

/** The plain mean over the classes that occur among labels or predictions. */
export function macroAverage(scores: Scores[], matrix: number[][]): AveragedScores {
  const occurs = scores.map(
    ({ support }, index) => support > 0 || matrix.some((row) => (row[index] as number) > 0),
  );
  return weightedMean(scores, occurs.map(Number));
}

/** The mean weighted by support. */
export function weightedAverage(scores: Scores[]): AveragedScores {
  return weightedMean(
    scores,
    scores.map(({ support }) => support),
  );
}

function weightedMean(scores: Scores[], weights: number[]): AveragedScores {
  const mean = (of: (score: Scores) => number): number =>
    ratio(sum(scores.map((score, index) => of(score) * (weights[index] as number))), sum(weights));
  return {
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    f1: mean(({ f1 }) => f1),
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
