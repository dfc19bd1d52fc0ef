import { refuse } from '@deskbell/contract';
import { agents } from '../accounts/index.ts';
import { handler } from '../platform/pipeline/command.ts';
import { need, put } from '../platform/pipeline/table.ts';
import { contacts } from './sql.ts';

export const contactCommands = [
  handler({
    kind: 'contact.change',
    needs: ({ contactId }) => [need(contacts, contactId)],
    decide(state, { input, actor }) {
      const contact = state.get(contacts, input.contactId);
      if (!contact || !state.get(agents, actor.id)?.isActive) return refuse('not-found');
      const row = {
        ...contact,
        name: input.name === undefined ? contact.name : input.name,
        email: input.email === undefined ? contact.email : input.email,
        version: contact.version + 1,
      };
      return {
        puts: [put(contacts, row)],
        events: [
          { kind: 'contact.changed', id: row.id, version: row.version, audience: 'workspace' },
        ],
        answer: {},
      };
    },
  }),
];
