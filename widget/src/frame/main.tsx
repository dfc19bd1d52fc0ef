import { render } from 'preact';
import { App } from './app.tsx';
import { createChat } from './chat.ts';
import './styles/tokens.css';
import './styles/frame.css';
import './styles/timeline.css';
import './styles/composer.css';
import { meetPage } from './page.ts';

const place = document.getElementById('chat');
const { page, start } = await meetPage();
const chat = createChat(page, start);
const { documentElement: root } = document;
root.lang = chat.language.locale;
root.dir = chat.language.words.direction;
document.title = chat.language.words.chat;
if (place) render(<App chat={chat} />, place);
