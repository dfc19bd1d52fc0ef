import { answers, handsOn, notes, passesTo, says, type Tale } from './story.ts';

/** What customers of a shop for furniture and lamps ask in English. The first line is always theirs. */
export const english: readonly Tale[] = [
  {
    lines: [
      says('Hi! I ordered the {item} yesterday, order {order}.', 0),
      says('Can I still change the delivery address? I typed my old one 🙈'),
      answers('Hi! It has not left the workshop yet, so yes. Where should it go?', 3),
      says('14 Quay Street, {city}. Thank you so much!', 2),
      answers('Changed. You will get a new confirmation in a minute.'),
    ],
  },
  {
    lines: [
      says('Do you ship to Norway?', 0),
      answers('We do: 19 €, about six working days, duties included.', 4),
      says('Perfect, then I will order tonight.', 6),
    ],
  },
  {
    lines: [
      says('Is the {item} oiled or lacquered?', 0),
      answers('It is **oiled**, with a food-safe hard wax. You can refresh it at home.', 3),
      says('Lovely. And would it survive a bathroom?', 3),
      answers('With a bit of care: keep it dry between uses, and oil it *twice* a year.'),
      says('Then I take two. Do you have a discount for pairs?', 4),
    ],
  },
  {
    lines: [
      says('My parcel says "delivered" but there is nothing here. Order {order}.', 0),
      says('I have been home all day.'),
      answers('I am sorry, that is annoying. I am asking the carrier right now.', 2),
      answers('They left it with a neighbour, number 9, second floor. Could you have a look?', 7),
      says('Found it! Thank you for being so quick.', 12),
      answers('Glad to hear. Enjoy it!', 1),
    ],
  },
  {
    lines: [
      says('The {item} arrived with a scratch on the left side.', 0),
      says('Here is the order number: {order}. I can send pictures.'),
      answers('Oh no. Please keep it, no need to send it back before we have talked.', 3),
      answers('Would you rather have a new one, or 20 % back and a small tin of wax?', 1),
      says('The wax and the money, honestly. It is barely visible.', 5),
      answers('Done: the money is on its way, and so is the wax.', 3),
    ],
  },
  {
    lines: [
      says('Which bulb fits the {item}?', 0),
      answers('E27, up to 40 W, or any LED bulb of that size. One is in the box.', 2),
      says('Great, thanks', 1),
    ],
  },
  {
    lines: [
      says('I would like to return the {item}, it is too big for my desk.', 0),
      answers('Of course, you have 30 days. Is order {order} the right one?', 2),
      says('Yes', 1),
      answers(
        '1. Print the label that I am sending you now\n2. Put it on the old carton\n3. Hand it in at any post office in {city}',
        2,
      ),
      says('Easy. When do I get the money back?', 4),
      answers('Two days after it is here with us.', 1),
    ],
  },
  {
    lines: [
      says('hello?', 0),
      says('your checkout says my card is declined but my bank says all is fine', 1),
      answers('Thank you for telling us. Which browser is that, and at which step?', 2),
      says('Safari, on the last page', 1),
      answers('We had a hiccup there for ten minutes. Could you try once more?', 6),
      says('works now 👍', 3),
    ],
  },
  {
    lines: [
      says('Could you tell me when the {item} is back in stock?', 0),
      answers('The next batch comes out of the workshop on the 4th. Shall I put one aside?', 3),
      says('Yes please! Under my email address.', 2),
      answers('Noted. I will write as soon as it is here.', 1),
    ],
  },
  {
    lines: [
      says('We are furnishing an office in {city}, 12 desks. Is there somebody I can talk to?', 0),
      answers('There is, and it is me. What is your time frame, and do you know the sizes?', 4),
      says('160 × 80, oak, by the end of next month.', 8),
      says('And we would need cable trays.', 1),
      answers('I am writing an offer this afternoon. To which address may I send it?', 5),
    ],
  },
  {
    lines: [
      says('Is there a manual for the {item}? I lost mine while moving.', 0),
      answers('Here: https://harbour.example/manuals', 1),
    ],
  },
  {
    lines: [
      says('How do I get water rings out of the table top?', 0),
      answers(
        'Try this, in this order:\n- a soft cloth and a little wax\n- very fine steel wool, *along* the grain\n- wax again after an hour',
        3,
      ),
      says('The wax alone did it. You saved my evening.', 40),
    ],
  },
  {
    lines: [
      says('I was charged twice for order {order}.', 0),
      answers(
        'Let me look … One of them is only a reservation, which your bank drops by itself.',
        5,
      ),
      says('How long does that take?', 2),
      answers(
        'Mostly three days. If it is still there on Monday, write to me and I will call them.',
        2,
      ),
      says('It is Tuesday and it is still there.', 5_800),
      answers('Then I am calling them now. Sorry for the wait.', 6),
    ],
  },
  {
    lines: [
      says('Can I pick up order {order} in {city}?', 0),
      answers('Yes, from ten to six. Bring the number, that is all.', 2),
    ],
  },
  {
    lines: [
      says('Good morning, I need an invoice with our VAT number for {order}.', 0),
      answers('Gladly. Which number should be on it?', 3),
      says('It is in my account now, I just added it.', 4),
      answers('Thank you, the new invoice is in your mail.', 4),
    ],
  },
  {
    lines: [
      says('the second drawer of the {item} sticks', 0),
      answers('Does it stick at the beginning or near the end?', 2),
      says('near the end, left side', 2),
      answers(
        'Then the runner sits a hair too low. Loosen the **rear** screw by half a turn, lift it, tighten it again.',
        3,
      ),
    ],
  },
  {
    lines: [
      says('I love the {item}, I just wanted to tell you. It stands in the window now.', 0),
      answers('You have made the whole workshop smile. Thank you!', 9),
    ],
  },
  {
    lines: [
      says('Do you have gift cards?', 0),
      answers('We do, from 20 €, by mail or on real paper in a wooden sleeve.', 2),
      says('Paper please! How quickly can it be in {city}?', 3),
      answers('If you order before two, tomorrow.', 1),
    ],
  },
  {
    lines: [
      says('I forgot my password and the mail does not arrive', 0),
      answers('Have you looked into the spam folder? It comes from shop@harbour.example.', 2),
      says('nothing there', 4),
      answers(
        'I see it: the address in your account ends in *.con* instead of *.com*. I corrected it.',
        5,
      ),
      says('oh dear. thanks!', 2),
    ],
  },
  {
    lines: [
      says('Would the {item} fit through a door of 72 cm?', 0),
      says('It is an old house …', 1),
      answers('It comes in two parts, the larger one is 68 cm wide. So: just about.', 3),
    ],
  },
  {
    lines: [
      says('Our {item} lost its finish where the cat sleeps. Is that covered?', 0),
      says('It is eight months old, order {order}.', 1),
      answers(
        'Poor thing, and lucky cat. Let me ask somebody who knows the finish better than I do.',
        3,
      ),
      passesTo(
        'workshop',
        'Oil or lacquer? Order {order}. If it is the oil batch of March: free repair.',
      ),
      says('Thank you. Pictures are no problem if you need any.', 2),
      answers(
        'It is the oil of March, and that was our fault. We fetch it on Friday, free of charge.',
        6,
      ),
      says('Wow, thank you! Friday works.', 4),
    ],
  },
  {
    lines: [
      says(
        'I am still waiting for {order}. You promised Tuesday, then Thursday, and today is Saturday.',
        0,
      ),
      answers('You are right, and I am sorry. I am finding out where it is, now.', 2),
      notes(
        'Third delay for this customer. The carrier has it in {city} since Wednesday; I have called their depot twice.',
      ),
      answers(
        'It is in the depot in {city}. They bring it on Monday before noon, and the shipping is on us.',
        8,
      ),
      says('Fine. Please make sure of it this time.', 5),
      answers('I am calling them at eight on Monday, and then you.', 1),
    ],
  },
  {
    lines: [
      says('Could you make the {item} 10 cm longer? We have an odd corner.', 0),
      answers('Often we can. Which wood, and how wide is the corner exactly?', 4),
      says('Oak, 1 m 34. I can draw it for you.', 6),
      handsOn('Made to measure, oak, 134 cm. You did the last one like this, would you take it?'),
      answers('Hello! I build these. A sketch with the skirting board would help me most.', 5),
      says('Sending it tonight, with the skirting board 😄', 4),
    ],
  },
  {
    lines: [
      says(
        'Can I cancel order {order}? My daughter ordered the same one, as a surprise for me …',
        0,
      ),
      answers('What a nice problem to have. It is cancelled, the money is back by Thursday.', 3),
      notes(
        'Paid with a gift card and 40 € by card: the gift card is charged up again, I have written to accounting.',
      ),
      says('You are lovely. Thank you.', 2),
    ],
  },
];
