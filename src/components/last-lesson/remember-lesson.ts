/** Remembers the lesson being read, so that the first page can offer to continue there. */
import type { ClientModule } from '@docusaurus/types';
import { rememberLesson } from './last-lesson';

const clientModule: ClientModule = {
  onRouteDidUpdate({ location }) {
    const lesson = /\/lessons\/((?:practice\/)?[a-z0-9-]+)\/?$/.exec(location.pathname);
    if (lesson !== null) rememberLesson(lesson[1]);
  },
};

export default clientModule;
