import './ui/base.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startTexts } from './app/i18n.ts';
import { router } from './app/router.tsx';
import { Spoken } from './app/spoken.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root');
await startTexts();
createRoot(root).render(
  <StrictMode>
    <Spoken>
      <RouterProvider router={router} />
    </Spoken>
  </StrictMode>,
);
