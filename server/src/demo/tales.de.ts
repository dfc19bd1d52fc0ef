import { answers, handsOn, notes, passesTo, says, type Tale } from './story.ts';

/** The same shop, in German. */
export const german: readonly Tale[] = [
  {
    lines: [
      says('Guten Tag, bei meiner Bestellung {order} fehlt ein Teil.', 0),
      says('Auf dem Lieferschein steht es. Was kann ich tun?', 2),
      answers('Guten Tag! Das tut mir leid. Welches Teil ist es denn?', 3),
      says('Der kleine Beutel mit den Schrauben.', 2),
      answers('Der ist heute noch in der Post, mit ein paar Schrauben mehr.', 2),
    ],
  },
  {
    lines: [
      says('Liefern Sie auch in die Schweiz?', 0),
      answers('Ja, für 24 €, verzollt bis an die Haustür.', 3),
      says('Wunderbar, danke schön.', 2),
    ],
  },
  {
    lines: [
      says('Ist „{item}“ auch in Esche zu haben?', 0),
      answers('Auf Bestellung gern. Das dauert etwa vier Wochen und kostet 60 € mehr.', 5),
      says('Das muss ich mit meiner Frau besprechen 😄', 3),
      answers('Sehr vernünftig. Ich lege Ihnen so lange ein Angebot zurück.', 2),
    ],
  },
  {
    lines: [
      says('Ich habe gestern etwas zurückgeschickt. Ist es schon bei Ihnen?', 0),
      answers('Einen Moment, ich sehe nach. Geht es um {order}?', 2),
      says('Genau.', 1),
      answers('Es ist heute früh angekommen, das Geld ist morgen auf Ihrem Konto.', 4),
      says('Das ging ja schnell. Danke!', 2),
    ],
  },
  {
    lines: [
      says('Die Lampe flackert, wenn ich sie dimme.', 0),
      answers('Welche Birne ist denn darin? Nicht jede LED lässt sich dimmen.', 2),
      says('Eine vom Baumarkt', 2),
      answers('Nehmen Sie eine mit dem Hinweis **dimmbar**, dann sollte Ruhe sein.', 2),
    ],
  },
  {
    lines: [
      says('Hallo, wir hätten gern 30 Becher mit unserem Logo. Machen Sie so etwas?', 0),
      answers('Machen wir! Ab 20 Stück, gebrannt, nicht gedruckt. Bis wann brauchen Sie sie?', 6),
      says('Für unser Sommerfest Ende Juni in {city}.', 5),
      answers('Das passt gut. Schicken Sie mir das Logo als SVG oder PDF?', 3),
    ],
  },
  {
    lines: [
      says('Meine Rechnung ist auf die falsche Firma ausgestellt ({order}).', 0),
      answers('Wie soll der Name lauten?', 3),
      says('Albrecht & Söhne GmbH, {city}', 3),
      answers('Die neue Rechnung ist unterwegs, die alte ist storniert.', 4),
    ],
  },
  {
    lines: [
      says('Wie pflege ich die geölte Platte am besten?', 0),
      answers(
        'So bleibt sie schön:\n1. trocken abwischen, nie nass\n2. zweimal im Jahr *dünn* einölen\n3. über Nacht stehen lassen',
        3,
      ),
      says('Welches Öl nehmen Sie selbst?', 2),
      answers('Das in der grünen Dose, es liegt auch jeder Lieferung bei.', 2),
    ],
  },
  {
    lines: [
      says('Moin! Kann ich morgen in {city} probesitzen?', 0),
      answers('Moin! Gern, ab zehn ist jemand da. Der Kaffee ist umsonst.', 2),
      says('Dann komme ich um zehn 😁', 1),
    ],
  },
  {
    lines: [
      says('Die Paketverfolgung steht seit drei Tagen auf „in Zustellung“. Bestellung {order}', 0),
      answers('Ich frage beim Paketdienst nach und melde mich heute noch.', 3),
      answers('Es liegt im Depot, die Hausnummer war unleserlich. Morgen kommt es.', 95),
      says('Alles klar, danke fürs Kümmern.', 20),
    ],
  },
  {
    lines: [
      says('Geht der Gutschein auch für bereits reduzierte Sachen?', 0),
      answers('Ja, er gilt für alles, auch für den Versand.', 2),
    ],
  },
  {
    lines: [
      says('Ein Bein wackelt ein wenig. Habe ich etwas falsch gemacht?', 0),
      answers(
        'Sicher nicht! Unter dem Filz sitzt eine Schraube, eine Vierteldrehung nach rechts.',
        3,
      ),
      says('Bombenfest. Vielen Dank.', 9),
    ],
  },
  {
    lines: [
      says('Die Platte von „{item}“ hat nach einem Jahr einen Riss, etwa 4 cm.', 0),
      answers('Oh. Das sollte sie nicht. Steht sie nahe an einer Heizung?', 3),
      passesTo('workshop', 'Riss nach einem Jahr, Bestellung {order}. Ausbessern oder tauschen?'),
      says('Nein, am Fenster, die Heizung ist gegenüber.', 3),
      answers('Dann lag es am Holz. Wir tauschen die Platte, Sie behalten die Beine.', 7),
      says('Sehr fair. Wann könnten Sie kommen?', 3),
      answers('Donnerstag zwischen neun und elf, in {city} sind wir ohnehin.', 2),
    ],
  },
  {
    lines: [
      says('Ich bekomme Mahnungen für {order}, dabei habe ich längst bezahlt!', 0),
      answers('Das ist ärgerlich. Ich sehe sofort nach, wo die Zahlung hängt.', 2),
      notes(
        'Überweisung vom 3. ohne Verwendungszweck, liegt als „ungeklärt“ in der Buchhaltung. Mahnlauf gestoppt.',
      ),
      answers(
        'Gefunden: Es fehlte die Nummer im Verwendungszweck. Die Mahnungen sind gegenstandslos.',
        6,
      ),
      says('Puh. Bekomme ich das schriftlich?', 2),
      answers('Ist schon in Ihrem Postfach. Entschuldigen Sie den Ärger.', 2),
    ],
  },
  {
    lines: [
      says('Wir richten eine Praxis in {city} ein und brauchen 14 Stühle, abwischbar.', 0),
      answers('Schönes Vorhaben! Dafür hole ich jemanden, der Praxen einrichtet.', 3),
      handsOn('14 Stühle für eine Praxis, abwischbar, {city}. Das ist doch etwas für dich?'),
      answers('Guten Tag! Leder oder Kunstleder, und bis wann soll alles stehen?', 4),
      says('Kunstleder, Eröffnung ist am 1. des übernächsten Monats.', 5),
    ],
  },
];
