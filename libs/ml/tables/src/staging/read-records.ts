/**
 * The first records of a delimited text, by RFC 4180: a quoted field may hold delimiters, line ends and doubled quotes.
 * Of a record that the text breaks off in, only what is there.
 * @param quote no field is quoted where it is empty
 */
export function readRecords(text: string, delimiter: string, quote: string, most: number): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  let started = false;
  for (let i = 0; i < text.length && records.length < most; i += 1) {
    const character = text.charAt(i);
    if (quoted) {
      if (character !== quote) field += character;
      else if (text.charAt(i + 1) === quote) {
        field += quote;
        i += 1;
      } else quoted = false;
    } else if (character === quote && field === '') {
      quoted = true;
      started = true;
    } else if (character === delimiter) {
      record.push(field);
      field = '';
      started = true;
    } else if (character === '\n' || character === '\r') {
      if (started || field !== '') records.push([...record, field]);
      record = [];
      field = '';
      started = false;
    } else field += character;
  }
  if (records.length < most && (started || field !== '')) records.push([...record, field]);
  return records;
}
