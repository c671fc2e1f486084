import { defineCommand } from '../define-command';
import { broker, named } from '../words';

export const cut = defineCommand({
  name: 'cut',
  words: { client: named('producer or consumer'), broker },
  about:
    'Model only: the network between this client and the broker is cut. What the client sends there is lost, and so are answers; it notices at once, as with a connection that is reset. Brokers reach each other as before.',
});
