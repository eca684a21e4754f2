import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { noLog } from './json.ts';

/** The rows of a Parquet file. Throws `InputError` where it is none, or is compressed otherwise than by Snappy. */
export async function parquetRows(path: string): Promise<Record<string, unknown>[]> {
  try {
    return await parquetReadObjects({ file: await asyncBufferFromFile(path) });
  } catch (error) {
    throw noLog(
      path,
      'a Parquet file, without compression or with Snappy',
      (error as Error).message,
      'write it again with compression snappy',
    );
  }
}
