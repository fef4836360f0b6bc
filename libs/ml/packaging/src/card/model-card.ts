import { ONNX_NAMES, PACKAGE_PATHS } from '@modelyard/contracts';
import type { PackageParts } from '../build/package-parts';
import { calibration, evaluationResults } from './evaluation-section';
import { frontMatter } from './front-matter';
import { code, table, text } from './markdown';
import { trainingData, trainingProcedure } from './training-sections';

/** What no run can know. */
const UNKNOWN = '[More Information Needed]';

/**
 * A model card in Markdown, with the headings of Mitchell et al., "Model Cards for Model Reporting" (2019), and
 * Hugging Face's front matter. What the run knows is filled in; what only a person can write says so.
 */
export function writeModelCard(parts: PackageParts): string {
  const { recipe } = parts;
  const sections: [string, string][] = [
    [`# ${text(recipe.name)}`, text(recipe.description) || UNKNOWN],
    ['## Model Details', details(parts)],
    [
      '## Intended Use',
      `**Primary uses:** ${UNKNOWN}\n\n**Users:** ${UNKNOWN}\n\n**Out of scope:** ${UNKNOWN}`,
    ],
    ['### How to use it', usage(parts)],
    ['## Factors', `**Groups, instruments and environments that matter:** ${UNKNOWN}`],
    ['## Metrics', calibration(parts)],
    [
      '## Evaluation Data',
      `The ${code(parts.evaluation.split)} split of the dataset below, drawn at random from it.`,
    ],
    ['## Training Data', trainingData(parts)],
    ['### Training Procedure', trainingProcedure(parts)],
    ['## Quantitative Analyses', evaluationResults(parts)],
    ['## Ethical Considerations', UNKNOWN],
    ['## Caveats and Recommendations', UNKNOWN],
  ];
  return `${frontMatter(parts)}\n${sections.map(([heading, body]) => `${heading}\n\n${body}\n`).join('\n')}`;
}

function details({ run, producer, signature, onnxVersion, recipe }: PackageParts): string {
  const [input] = signature.inputs;
  return table(
    ['', ''],
    [
      ['Developed by', UNKNOWN],
      ['Licence', UNKNOWN],
      ['Contact', UNKNOWN],
      ['Date', run.createdAt.toISOString()],
      ['Type', `neural network, ${signature.task.replace('-', ' ')}, ${signature.classes.length} classes`],
      ['Format', `ONNX ${text(onnxVersion)}, written by ${text(producer.name)} ${text(producer.version)}`],
      ['Input', `${code(ONNX_NAMES.input)}, float32 [${(input?.shape ?? []).join(', ')}]`],
      ['Output', `${code(ONNX_NAMES.probabilities)}, float32 [-1, ${signature.classes.length}]`],
      ['Classes', signature.classes.map(text).join(', ')],
      ['Run', `${code(run.id)} of experiment ${code(recipe.experiment)}`],
    ],
  );
}

function usage({ inputExample }: PackageParts): string {
  return [
    '```python',
    'import json, numpy, onnxruntime',
    `example = json.load(open("${PACKAGE_PATHS.inputExample}"))`,
    `values = numpy.array(example["inputs"], "float32").reshape(-1, ${inputExample.shape.join(', ')})`,
    `session = onnxruntime.InferenceSession("${PACKAGE_PATHS.onnx}")`,
    `print(session.run(["${ONNX_NAMES.probabilities}"], {"${ONNX_NAMES.input}": values}))`,
    '```',
  ].join('\n');
}
