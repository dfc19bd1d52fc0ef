/** One line of a sample conversation: who speaks, what, how many minutes after the line before. */
export interface Line {
  by: 'contact' | 'agent';
  text: string;
  afterMin?: number;
}

/** A sample conversation: texts that read as a small shop's real support, in two languages. */
export interface Story {
  contact: { name: string | null; email: string | null };
  /** When it began, in minutes before now. */
  agoMin: number;
  /** Which of the sample agents has it; null: nobody yet. */
  agent: 0 | 1 | null;
  end: 'open' | 'pending' | 'closed';
  lines: Line[];
}

const says = (text: string, afterMin = 1): Line => ({ by: 'contact', text, afterMin });
const answers = (text: string, afterMin = 2): Line => ({ by: 'agent', text, afterMin });

export const stories: readonly Story[] = [
  {
    contact: { name: 'Mira Lindqvist', email: 'mira@lindqvist.example' },
    agoMin: 4,
    agent: null,
    end: 'open',
    lines: [
      says('Hi! I ordered the walnut desk lamp yesterday, order 20417.', 0),
      says('Can I still change the delivery address? I typed my old one 🙈'),
    ],
  },
  {
    contact: { name: null, email: null },
    agoMin: 9,
    agent: null,
    end: 'open',
    lines: [says('Do you ship to Norway?', 0)],
  },
  {
    contact: { name: 'Jonas Albrecht', email: 'jonas.albrecht@mail.example' },
    agoMin: 13,
    agent: null,
    end: 'open',
    lines: [
      says('Guten Tag, bei meiner Bestellung fehlt der zweite Becher.', 0),
      says('Auf dem Lieferschein steht er. Was kann ich tun?', 2),
    ],
  },
  {
    contact: { name: 'Priya Raman', email: 'priya@raman.example' },
    agoMin: 34,
    agent: 0,
    end: 'open',
    lines: [
      says('Is the oak stool oiled or lacquered?', 0),
      answers('Hi Priya! It is **oiled**, with a food-safe hard wax. You can refresh it at home.'),
      says('Lovely. And would it survive a bathroom?', 3),
      answers('With a bit of care, yes: keep it dry between uses, and oil it *twice* a year.', 2),
      says('Then I take two. Do you have a discount for pairs?', 4),
    ],
  },
  {
    contact: { name: 'Tom Okafor', email: 'tom.okafor@studio.example' },
    agoMin: 26,
    agent: 0,
    end: 'open',
    lines: [
      says('The kettle arrived with a dent. Photo is in the mail I sent.', 0),
      answers(
        'That should not happen, sorry! We can:\n- send a new one today\n- or refund you in full',
        3,
      ),
      says('A new one please. Do I have to send the dented one back?', 2),
    ],
  },
  {
    contact: { name: 'Hannah Vogt', email: 'hannah@vogt.example' },
    agoMin: 41,
    agent: 1,
    end: 'open',
    lines: [
      says('Hallo, kann ich die Leinenbettwäsche bei 60 Grad waschen?', 0),
      answers('Hallo Hannah! Ja, 60 Grad gehen gut; beim ersten Mal bitte einzeln.', 4),
      says('Danke! Wie viel läuft sie ein?', 5),
    ],
  },
  {
    contact: { name: 'Studio Nordlicht', email: 'office@nordlicht.example' },
    agoMin: 190,
    agent: 1,
    end: 'pending',
    lines: [
      says('Wir brauchen 24 Stühle bis zum 15. Geht das?', 0),
      answers(
        'Das schaffen wir! Schicken Sie mir noch die Lieferadresse, dann reserviere ich sie.',
        6,
      ),
    ],
  },
  {
    contact: { name: 'Elena Costa', email: 'elena.costa@post.example' },
    agoMin: 300,
    agent: 0,
    end: 'closed',
    lines: [
      says('Where can I find my invoice?', 0),
      answers('It is in the mail called *Your order is on its way*. Shall I send it again?'),
      says('Found it, thank you!', 2),
      answers('Great. Have a lovely day!'),
    ],
  },
  {
    contact: { name: 'Ben Hartley', email: 'ben@hartley.example' },
    agoMin: 1500,
    agent: 1,
    end: 'closed',
    lines: [
      says('My voucher `AUTUMN10` is refused.', 0),
      answers('It ended on Sunday, but I have made you a new one: `BEN-10`.', 3),
      says('You are the best 🎉', 1),
    ],
  },
  {
    contact: { name: 'Aylin Demir', email: 'aylin@demir.example' },
    agoMin: 2900,
    agent: 0,
    end: 'closed',
    lines: [
      says('Gibt es die Vase auch in Grün?', 0),
      answers('Im Moment nur in Sand und Blau. Grün kommt im März; soll ich Bescheid geben?', 3),
      says('Ja gern!', 2),
      answers('Ist notiert 🌿'),
    ],
  },
];
