// The script of every page. Every page works without it; this only adds what plain HTML cannot do by itself.
import '@digdir/designsystemet-web/ds-field'; // counter of letters, wiring of descriptions
import '@digdir/designsystemet-web/ds-error-summary'; // focus on the summary
import '@digdir/designsystemet-web/dialog'; // closedby in browsers that lack it
import '@digdir/designsystemet-web/invokers'; // command and commandfor in browsers that lack them
import '@digdir/designsystemet-web/details'; // details for Firefox with TalkBack
import '@digdir/designsystemet-web/clickdelegatefor';
import './logout'; // before forms: it sends the form later
import './forms';
import './send';
import './idle';
import './print';
