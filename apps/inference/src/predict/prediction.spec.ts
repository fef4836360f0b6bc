import { toPredictions } from './prediction';

describe('toPredictions', () => {
  it('names the likeliest class of each sample and the probability of all', () => {
    const answers = toPredictions(Float32Array.of(0.25, 0.75, 0.5, 0.5), ['no', 'yes']);
    expect(answers).toMatchObject([
      { prediction: 'yes', confidence: 0.75, probabilities: { no: 0.25, yes: 0.75 } },
      { prediction: 'no', confidence: 0.5, probabilities: { no: 0.5, yes: 0.5 } },
    ]);
    expect(new Set(answers.map(({ predictionId }) => predictionId)).size).toBe(2);
  });

  it('takes class names that mean something to JavaScript', () => {
    const [answer] = toPredictions(Float32Array.of(0.75, 0.25), ['__proto__', 'constructor']);
    expect(JSON.stringify(answer?.probabilities)).toBe('{"__proto__":0.75,"constructor":0.25}');
  });
});
