import { refuseForeign, replaceFolder } from '../records/folder.ts';
import { writeImported } from '../records/imported.ts';
import type { ImportedEvidence } from '../studies/evidence.ts';
import { rendered } from './page.tsx';
import { importedClaimPage, importedPage } from './pages/imported.tsx';
import { putFigures, putter, type Written, writtenIn } from './put.ts';

/**
 * Writes the report of claims about the records of others alone to a folder: an overview, a page a claim, figures and the data. Throws
 * `InputError` where the folder holds anything that is not a report as we wrote it.
 */
export async function writeImportedReport(claims: readonly ImportedEvidence[], to: string): Promise<Written> {
  refuseForeign(to);
  let written: Written = { pages: 0, bytes: 0, data: 0 };
  await replaceFolder(to, (staging) => {
    writeImported(staging, claims, []);
    const put = putter(staging);
    const listed = importedPage({ claims, problems: [] }, 'index.html');
    const pages = [...listed, ...claims.map(importedClaimPage)];
    const foot = `spillover, ${claims.length} claims about the records of others. Made from records only; every figure has numbers beside it.`;
    for (const page of pages) put(page.file, rendered(page, listed, foot));
    putFigures(put, pages);
    written = writtenIn(staging, pages.length);
  });
  return written;
}
