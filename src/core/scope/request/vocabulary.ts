/** What an order asks for. */
export type Verb =
  | 'remove'
  | 'bump'
  | 'update'
  | 'change'
  | 'point'
  | 'set'
  | 'publish'
  | 'unpublish'
  | 'rename'
  | 'add'
  | 'attach'
  | 'detach'
  | 'unmount'
  | 'use';

const verbWords: Readonly<Record<Verb, string>> = {
  remove:
    'remove|delete|drop|rm|eliminate|erase|get rid of|take out|rip out|throw out|strip out|strip|comment out|cut out',
  bump: 'bump|upgrade|downgrade|pin',
  update: 'update',
  change: 'change|modify|edit|adjust|alter|switch|move',
  point: 'point',
  set: 'set',
  publish: 'expose|publish|map|open',
  unpublish: 'unpublish|unexpose|stop exposing|stop publishing|close',
  rename: 'rename',
  add: 'add|create|introduce|define|declare',
  attach: 'attach|connect|join',
  detach: 'detach|disconnect',
  unmount: 'unmount',
  use: 'use',
};

export const verbs: ReadonlyMap<string, Verb> = new Map(
  Object.entries(verbWords).flatMap(([verb, words]) => words.split('|').map((word) => [word, verb as Verb])),
);

export const verbPhrases: ReadonlySet<string> = new Set(verbs.keys());

/** Verbs whose `out` may stand behind the object: take redis out. */
export const splitVerbs: ReadonlySet<string> = new Set(['take', 'rip', 'throw', 'comment', 'cut']);

/** Words before an order that make it no other order. */
export const leadIns = phrases(
  'please|pls|plz|kindly|actually|wait|now|next|also|first|finally|lastly|simply|hey|hi|hello|ok|okay|so|and|then|instead|secondly|' +
    'go ahead and|make sure to|make sure you|be sure to|feel free to|just|only',
);

/** Ways to say at the beginning of a sentence that an order follows. */
export const wishes = phrases(
  'i want you to|i need you to|i want to|i need to|we want to|we need to|i would like to|i would like you to|' +
    "i'd like to|i'd like you to|you should|you must|you need to|you have to|you can|let's|lets|let us|" +
    "can you|could you|will you|would you please|don't forget to|dont forget to|do not forget to|" +
    'your task is to|the task is to|we have to|i have to',
);

export const negations = phrases(
  "don't|dont|do not|never|not|no|avoid|without|refrain from|must not|mustn't|should not|shouldn't|cannot|can't|" +
    "won't|will not|doesn't|does not|isn't|is not|nor|neither|by no means|under no circumstances|rather than|" +
    'you must not|you should not|make sure not to|be careful not to|make sure you do not|under no circumstance|' +
    "make sure you don't|i don't want you to|i do not want you to|we don't want you to|you may not|none",
);

/** What begins a clause that only narrows. */
export const restrictions = phrases(
  'leave|keep|preserve|retain|keeping|leaving|preserving|retaining|nothing else|nothing more|nothing but|everything else|anything else|all else|the rest|' +
    "all other|all others|all the other|the other|the others|other|others|that's it|thats it|that is it|that's all|" +
    'thats all|that is all|touch nothing|touch only|instead of|other than|make sure nothing|make sure no|' +
    'make sure everything else|make sure that nothing|everything stays|limit the change|limit changes|limit yourself|stay|nothing',
);

/** Those of them that narrow from inside an order. */
export const innerRestrictions = phrases(
  'without|instead of|rather than|not|while keeping|while leaving|while preserving|while retaining|other than',
);

/** What begins a clause that only says why. */
export const explanations = phrases(
  'because|since|cause|cuz|as we|as it|as i|as they|as the|as you|as this|as that|so that|in order to|due to|given|' +
    'considering|which|that|who|where|whose|we|it|its only|it is|they|i|this|these|there|he|she|nobody|so|' +
    "we're|we've|it's|they're|there's|for the record|fyi|note|i'm|i've|i'll|we'll|you|meaning|everyone|no longer|no need|no one|not needed|not used|don't need|do not need|not using",
);

/** Those of them that begin such a clause even without a comma before them. */
export const innerExplanations = phrases(
  'because|since|cause|cuz|now that|as we|as it is|as it was|as they|so that|in order to|due to|given|' +
    "which|that is|that was|that we|that i|that nobody|that no|we|i|it is|it's|it was|they are|they're|that are|that isn't",
);

/** With one of these an order is no plain order any more. */
export const conditions = phrases(
  'if|unless|until|till|once|when|whenever|after|before|except|excluding|otherwise|maybe|perhaps|possibly|might|' +
    'later|eventually|someday|tomorrow|next week|next month|not yet|not now|provided|assuming|as long as|in case|' +
    'whether|while|besides|apart from|consider|either|alternatively|or else|would be|temporarily|whichever|' +
    'whatever|try to|for example|e.g|i mean|i meant|or rather|make that|correction',
);

/** What takes back everything before it. */
export const retractions = phrases(
  "never mind|nevermind|scratch that|forget it|forget that|cancel that|just kidding|i was joking|i take that back|undo that|on second thought|actually don't|" +
    "actually do not|actually no|wait no|wait don't|don't do that|do not do that|don't do it|do not do it|or not|" +
    "don't do any of this|do not do any of this|don't do any of that|ignore that|ignore this|disregard that",
);

/** What people say before they change their mind. */
export const interjections = phrases(
  'actually|no|wait|sorry|hmm|oh|oops|stop|hold on|well|ah|please|and|but|,',
);

/** What begins inside a sentence when people think again: "remove redis, hmm, no, neo4j". */
export const secondThoughts = phrases('hmm|hm|oops|sorry|wait|no wait');

/** Somebody else's words are nobody's order. */
export const reports = phrases(
  'says|said|say|suggests|suggested|suggest|asked|asks|wants|wanted|wrote|told|proposes|proposed|recommends|' +
    'recommended|thinks|thought|claims|claimed|tried|tries|plans|planned|contains|reads|states|stated|mentions|' +
    'mentioned|according to|quote|quoted',
);

/** An explanation with one of these may go on with further verbs. */
export const modals = phrases('to|can|could|will|would|should|must|may|might|going|want|plan|let');

/** Words that say nothing about what is asked. */
export const fillers = phrases(
  'please|pls|plz|now|also|too|a lot|so much|very much|in advance|again|only|just|simply|completely|entirely|altogether|as well|for me|for good|for us|' +
    'everywhere|right away|immediately|thanks|thank you|thx|both|already|directly|right now|asap|anyway|there|here|cheers|' +
    'and nothing else|no longer needed|from now on|in the process|, and that is all',
);

export const determiners = phrases(
  'the|teh|a|an|this|that|my|our|your|these|those|another|one|any of the|some',
);

/** Adjectives that people put before a thing without telling it from another. */
export const adjectives = phrases(
  'existing|current|old|whole|entire|unused|obsolete|legacy|stale|deprecated|running|complete|unneeded|unnecessary|' +
    'redundant|separate|own|dedicated|basic|proper|simple|new|additional|named|dead|actual|local',
);

/** The file itself, in the words people have for it. */
export const fileWords = phrases(
  'docker-compose|compose|docker compose|file|files|stack|project|setup|configuration|deployment|yaml|yml|repo|' +
    'repository|docker|dockercompose|composefile',
);

export const prepositions = phrases(
  'from|of|in|on|for|to|at|as|with|into|onto|using|inside|within|via|called|named|by',
);

/** Lead-ins before a colon after which orders follow. */
export const openHeaders = phrases(
  'please|do|make|the|following|these|this|changes|change|tasks|task|todo|todos|steps|step|to|file|in|edits|' +
    "requirements|request|requests|i|want|need|you|here|is|are|what|apply|now|and|then|can|could|goal|i'd|like|" +
    'things|for|us|me|ticket|story|scope|compose|docker|docker-compose|list|we|should|done|let|next|job|issue|some|few|couple|as|follows|below|of|all|on|one|two|three',
);

function phrases(text: string): ReadonlySet<string> {
  return new Set(text.split('|'));
}
