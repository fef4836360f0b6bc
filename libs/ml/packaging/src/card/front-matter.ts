import { stringify } from 'yaml';
import type { PackageParts } from '../build/package-parts';

const PIPELINE_TAGS = {
  'image-classification': 'image-classification',
  'tabular-classification': 'tabular-classification',
} as const;

/** The metrics that Hugging Face's model index shows, by the names of its `evaluate` library. */
const INDEXED = {
  accuracy: 'accuracy',
  f1_macro: 'f1',
  precision_macro: 'precision',
  recall_macro: 'recall',
} as const;

/**
 * The metadata that Hugging Face reads at the top of a model card. A licence is a person's to give, so there is none.
 * Source: https://huggingface.co/docs/hub/model-cards#model-card-metadata
 */
export function frontMatter({ recipe, dataset, signature, evaluation, producer }: PackageParts): string {
  const task = { type: PIPELINE_TAGS[signature.task] };
  const measured = Object.entries(INDEXED).flatMap(([name, type]) => {
    const value = evaluation.metrics[name];
    return value === undefined || !Number.isFinite(value) ? [] : [{ type, name, value }];
  });
  const metadata = {
    library_name: 'onnx',
    pipeline_tag: task.type,
    tags: ['onnx', producer.name, task.type],
    metrics: measured.map(({ type }) => type),
    'model-index': [
      {
        name: oneLine(recipe.name),
        results: [
          {
            task,
            dataset: {
              name: dataset.dataset,
              type: dataset.dataset,
              split: evaluation.split,
              revision: dataset.digest,
            },
            metrics: measured,
          },
        ],
      },
    ],
  };
  return `---\n${stringify(metadata, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 })}---\n`;
}

/** A line of its own in a text could look like the end of the front matter. */
function oneLine(value: string): string {
  return value.replace(/\s+/g, ' ');
}
