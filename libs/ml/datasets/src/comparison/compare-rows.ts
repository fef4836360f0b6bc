import type { DatasetComparison } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';

const EXAMPLES = 20;

interface Found {
  [key: string]: number | null | RelabelledRow[];
  from: number;
  to: number;
  unchanged: number;
  relabelled: number;
  examples: RelabelledRow[] | null;
}

type RelabelledRow = DatasetComparison['relabelledExamples'][number];

/**
 * Pairs the rows of two relations of samples: first those of equal content and class, then, of what is left, those of
 * equal content. Each row is in one pair at most, so that copies count as often as there are.
 */
export async function compareRows(
  engine: TableEngine,
  from: string,
  to: string,
): Promise<DatasetComparison['rows'] & { examples: RelabelledRow[] }> {
  const found = await engine.row<Found>(
    `with a as (select content, label, count(*) as n, min("row") as r from ${from} group by all),
      b as (select content, label, count(*) as n, min("row") as r from ${to} group by all),
      paired as (
        select content, label, coalesce(a.n, 0) as an, coalesce(b.n, 0) as bn, a.r as ar, b.r as br
        from a full join b using (content, label)
      ),
      contents as (
        select sum(an) as an, sum(bn) as bn, sum(least(an, bn)) as same,
          sum(greatest(an - bn, 0)) as gone, sum(greatest(bn - an, 0)) as come,
          min(ar) filter (where an > bn) as ar, arg_min(label, ar) filter (where an > bn) as la,
          min(br) filter (where bn > an) as br, arg_min(label, br) filter (where bn > an) as lb
        from paired group by content
      )
      select coalesce(sum(an), 0)::bigint as "from", coalesce(sum(bn), 0)::bigint as "to",
        coalesce(sum(same), 0)::bigint as unchanged, coalesce(sum(least(gone, come)), 0)::bigint as relabelled,
        arg_min(struct_pack("fromRow" := ar, "toRow" := br, "from" := la, "to" := lb), ar, ${EXAMPLES})
          filter (where gone > 0 and come > 0) as examples
      from contents`,
  );
  const { unchanged, relabelled } = found;
  const kept = unchanged + relabelled;
  return {
    from: found.from,
    to: found.to,
    unchanged,
    added: found.to - kept,
    removed: found.from - kept,
    relabelled,
    examples: found.examples ?? [],
  };
}
