import { refuse } from '@deskbell/contract';
import { handler } from '../platform/pipeline/command.ts';
import { need, put } from '../platform/pipeline/table.ts';
import { contactPlaces } from './sight.sql.ts';
import { knows } from './sight.ts';
import { contacts } from './sql.ts';

export const contactCommands = [
  handler({
    kind: 'contact.change',
    needs: ({ contactId }) => [need(contacts, contactId), need(contactPlaces, contactId)],
    decide(state, { input, actor }) {
      const contact = state.get(contacts, input.contactId);
      if (!contact || !knows(state, actor.id, contact.id)) return refuse('not-found');
      const row = {
        ...contact,
        name: input.name === undefined ? contact.name : input.name,
        email: input.email === undefined ? contact.email : input.email,
        phone: input.phone === undefined ? contact.phone : input.phone,
        version: contact.version + 1,
      };
      return {
        puts: [put(contacts, row)],
        events: [
          {
            kind: 'contact.changed',
            id: row.id,
            version: row.version,
            audience: `known:${row.id}`,
          },
        ],
        answer: {},
      };
    },
  }),
];
