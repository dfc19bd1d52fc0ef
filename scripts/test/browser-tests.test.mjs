import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { testsThatNeedABrowser } from './browser-tests.mjs';

it('knows the tests that reach a browser, also through other files, but not by a type alone', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'deskbell-tests-'));
  mkdirSync(path.join(root, 'e2e/chat'), { recursive: true });
  const files = {
    'e2e/browser.ts': "import { chromium } from 'playwright-core';",
    'e2e/chat/page.ts': "export * from '../browser.ts';",
    'e2e/chat/direct.test.ts': "const { chromium } = await import('playwright-core');",
    'e2e/chat/through.test.ts': "import { page } from './page.ts';",
    'e2e/chat/type.test.ts': "import type { Page } from '../browser.ts';",
    'e2e/chat/none.test.ts': "import { it } from 'vitest';",
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(root, file), text);

  const found = testsThatNeedABrowser(root).sort();

  rmSync(root, { recursive: true });
  expect(found).toEqual(['e2e/chat/direct.test.ts', 'e2e/chat/through.test.ts']);
});
