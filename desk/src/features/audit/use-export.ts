import type { AuditEntry } from '@deskbell/contract';
import { useEffect, useRef, useState } from 'react';
import { isProblem } from '../../app/api.ts';
import { useProblemText } from '../../app/problem-text.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { showToast } from '../../ui/toast.ts';
import { csvOf } from './csv.ts';
import type { AuditFilter } from './filter.ts';
import { type Say, useSay } from './say.ts';
import { askAudit } from './use-audit.ts';

/** As many as the server gives at once. */
const PAGE = 500;

/** Saves everything that the filter lets through as a table; `count`: how much was read, null: nothing is under way. */
export function useExport(filter: AuditFilter): { count: number | null; start(): Promise<void> } {
  const { t } = useTranslation('audit');
  const textOf = useProblemText();
  const say = useSay();
  const [count, setCount] = useState<number | null>(null);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);

  async function start(): Promise<void> {
    const entries: AuditEntry[] = [];
    setCount(0);
    for (let cursor: string | null = null; ; ) {
      const page = await askAudit(filter, { cursor, limit: PAGE });
      // Who has left the page wants no file any more.
      if (isGone.current) return;
      if (isProblem(page)) {
        showToast({ tone: 'danger', title: t('export.failed', { why: textOf(page) }) });
        break;
      }
      entries.push(...page.entries);
      setCount(entries.length);
      cursor = page.next;
      if (cursor !== null) continue;
      const head = (['at', 'by', 'what', 'field', 'before', 'after'] as const).map((column) =>
        t(`export.columns.${column}`),
      );
      download(csvOf([head, ...rowsOf(entries, say)]), `${t('export.file')}.csv`);
      showToast({ tone: 'positive', title: t('export.done', { count: entries.length }) });
      break;
    }
    setCount(null);
  }
  return { count, start };
}

/** One row for each value that was changed. */
function rowsOf(entries: readonly AuditEntry[], say: Say): string[][] {
  return entries.flatMap((entry) => {
    const start = [new Date(entry.at).toISOString(), say.who(entry), say.what(entry)];
    const changes = say.changes(entry);
    if (changes.length === 0) return [[...start, '', '', '']];
    return changes.map(({ field, before, after }) => [...start, field, before ?? '', after ?? '']);
  });
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun with it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
