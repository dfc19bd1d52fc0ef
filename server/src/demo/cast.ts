/** Who works in the sample's company. The first owns it; the last three serve its German customers. */
export const people = [
  {
    name: 'Olivia Brandt',
    email: 'olivia@harbour.example',
    role: 'owner',
    speaks: ['en', 'de'],
    serves: ['shop'],
    availability: 'online',
  },
  {
    name: 'Samuel Reyes',
    email: 'samuel@harbour.example',
    role: 'agent',
    speaks: ['en', 'es'],
    serves: ['shop'],
    availability: 'online',
  },
  {
    name: 'Femi Adeyemi',
    email: 'femi@harbour.example',
    role: 'admin',
    speaks: ['en', 'yo', 'fr'],
    serves: ['shop', 'wholesale'],
    availability: 'away',
  },
  {
    name: 'Ingrid Solberg',
    email: 'ingrid@harbour.example',
    role: 'supervisor',
    speaks: ['nb', 'en', 'de'],
    serves: ['shop', 'laden'],
    availability: 'online',
  },
  {
    name: 'Tom Whitfield',
    email: 'tom@harbour.example',
    role: 'agent',
    speaks: ['en'],
    serves: ['shop', 'wholesale'],
    availability: 'online',
  },
  {
    name: 'Nele Petersen',
    email: 'nele@harbour.example',
    role: 'agent',
    speaks: ['de', 'en'],
    serves: ['laden'],
    availability: 'online',
  },
  {
    name: 'Emre Kaya',
    email: 'emre@harbour.example',
    role: 'agent',
    speaks: ['de', 'tr'],
    serves: ['laden'],
    availability: 'offline',
  },
  {
    name: 'Johanna Weidenfeller-Krämer',
    email: 'johanna@harbour.example',
    role: 'agent',
    speaks: ['de', 'en', 'fr'],
    serves: ['laden', 'wholesale'],
    availability: 'away',
  },
] as const;

export type InboxName = (typeof people)[number]['serves'][number];

/** Where its customers write. The first is made with the workspace. */
export const inboxes: Record<InboxName, { name: string; color: string; greeting: string }> = {
  shop: {
    name: 'Harbour & Oak',
    color: '#2f52cf',
    greeting: 'Ask us about **orders, care or wood**. A person answers.',
  },
  laden: {
    name: 'Hafen & Eiche',
    color: '#15803d',
    greeting: 'Fragen zu Bestellung, Pflege oder Holz? Hier antwortet ein Mensch.',
  },
  wholesale: {
    name: 'Wholesale',
    color: '#b7791f',
    greeting: 'For shops, architects and offices.',
  },
};

/** Who shares a queue, and of which inboxes. */
export const teams = {
  orders: {
    name: 'Orders & delivery',
    serves: ['shop', 'wholesale'],
    members: ['Samuel Reyes', 'Femi Adeyemi', 'Tom Whitfield', 'Nele Petersen'],
  },
  workshop: {
    name: 'Workshop',
    serves: ['shop', 'laden'],
    members: ['Ingrid Solberg', 'Emre Kaya', 'Johanna Weidenfeller-Krämer'],
  },
} as const;

export type TeamName = keyof typeof teams;

/** What agents sort conversations by. */
export const labels = {
  delivery: { name: 'Delivery', color: '#2f52cf' },
  returns: { name: 'Return', color: '#b7791f' },
  invoice: { name: 'Invoice', color: '#6b46c1' },
  repair: { name: 'Repair', color: '#c53030' },
  advice: { name: 'Advice', color: '#15803d' },
} as const;

export type LabelName = keyof typeof labels;

/** Customers by language; about one in six has left neither name nor address. */
export const customers = {
  en: 'Mira Lindqvist,Priya Raman,Gareth Owens,Chloé Martin,Liam O’Connor,Aiko Tanaka,Zanele Dube,Marta Kowalska,Ravi Iyer,Beatriz Souza,Noah Adler,Hannah Clarke,Yusuf Demir,Grace Mbeki,Oskar Nyström,Emily Hargreaves-Montgomery,Paolo Ricci,Fiona Campbell,Daniel Kim,Sofía Herrera,Ben Ashworth,Leila Haddad,Anton Petrov,Maya Cohen'.split(
    ',',
  ),
  de: 'Jonas Albrecht,Katharina Vogt,Lukas Brunner,Annika Schröder,Mehmet Yılmaz,Ulrike Hofmann,Tobias Lang,Sabine Maria von Hohenstein-Lichtenfels,Felix Krause,Birgit Jansen,Marlene Fuchs,Dieter Wolff,Jana Nowak,Ole Hansen'.split(
    ',',
  ),
} as const;

export const items = {
  en: [
    'walnut desk lamp',
    'oak stool',
    'ash shelf',
    'linen armchair',
    'birch side table',
    'cork pinboard',
  ],
  de: [
    'Schreibtischlampe Nussbaum',
    'Hocker Eiche',
    'Regal Esche',
    'Sessel Leinen',
    'Beistelltisch Birke',
  ],
} as const;

export const cities = {
  en: ['Leeds', 'Cork', 'Bristol', 'Utrecht', 'Porto', 'Gothenburg'],
  de: ['Hamburg', 'Kiel', 'Leipzig', 'Graz', 'Winterthur', 'Freiburg'],
} as const;
