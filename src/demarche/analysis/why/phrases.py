"""What each option of each decision means, as the second half of a sentence about who decided.

`{row}` stands for whom or what the focal state decides on, `{second}` for the second side of a pair.
"""

from __future__ import annotations

PHRASES: dict[str, dict[str, str]] = {
    "representation": {
        "none": "said nothing on rights", "private": "raised rights in private", "public": "raised rights in public",
        "both": "raised rights in private and in public",
    },
    "deed": {
        "none": "left the visit at talks with officials", "visit": "went to see a trial or a home during the visit",
        "contact": "met activists during the visit", "address": "spoke to the people during the visit",
    },
    "escalate": {
        "stay_private": "kept to private words although they had had no answer",
        "go_public": "went public after private words had had no answer",
        "upgrade_contact": "lifted its private words to a higher level",
    },
    "frame": {
        "moral": "argued by morals", "interest": "argued by interest", "law": "argued by pledges and law",
        "credit_first": "gave credit for gains before it criticised", "regional": "argued as a neighbour",
    },
    "sponsor": {
        "stay_out": "meant to stay out of a motion on the focal state",
        "join": "meant to put its name to a motion on the focal state",
        "lead": "meant to table a motion on the focal state",
    },
    "canvass": {
        "leave": "did not call on {row}", "visit": "called on {row}",
        "assist": "called on {row} and offered assistance",
    },
    "demand_talks": {"none": "did not ask for official talks", "demand": "asked for official talks"},
    "accept_talks": {"decline": "declined the talks it was offered", "accept": "took up the talks it was offered"},
    "ask_terms": {
        "agenda": "asked for an open agenda of talks", "secrecy": "asked for less secrecy of talks",
        "ngo_seat": "asked for a seat for NGOs at the talks", "conditions": "asked for conditions on the talks",
    },
    "sanction": {
        "none": "imposed no sanction", "diplomatic": "imposed diplomatic sanctions",
        "aid_and_loans": "cut aid and loans", "arms": "imposed an arms embargo", "trade": "imposed trade sanctions",
    },
    "lift_sanction": {"keep": "kept its sanction", "lift": "lifted its sanction"},
    "pass_bill": {
        "let_be": "let the renewal of trade privileges pass without a bill",
        "pass": "passed conditions on the renewal of trade privileges",
    },
    "set_condition": {
        "none": "set no condition for the renewal of trade privileges",
        "vague": "set a vague condition for the renewal of trade privileges",
        "explicit": "set an explicit condition for the renewal of trade privileges",
    },
    "answer_condition": {
        "waive": "waived a condition that was not met", "enforce": "enforced a condition that was not met",
    },
    "make_permanent": {
        "keep_yearly": "kept the yearly vote on trade privileges", "make_permanent": "made trade privileges permanent",
    },
    "scandal_answer": {
        "deny": "denied its own abuses", "acknowledge": "acknowledged its own abuses",
        "repair": "repaired its own abuses",
    },
    "hold_round": {
        "cancel": "cancelled a round of talks with {row}", "hold": "let a round of talks with {row} take place",
    },
    "offer_talks": {
        "withhold": "offered {row} no talks", "talks": "offered {row} official talks",
        "talks_and_contract": "offered {row} official talks with a contract",
    },
    "grant_terms": {
        "agenda": "granted {row} an open agenda of talks", "secrecy": "granted {row} less secrecy of talks",
        "ngo_seat": "granted {row} a seat for NGOs at the talks", "conditions": "granted {row} conditions on the talks",
    },
    "suspend_talks": {
        "let_stand": "let the talks with {row} stand although it had cause to break them off",
        "suspend": "broke off the talks with {row}",
    },
    "reform": {
        "tighten": "tightened the area {row}", "hold": "left the area {row} as it was",
        "loosen": "loosened the area {row}",
    },
    "law": {
        "none": "made no law on the area {row}", "statute": "passed a statute on the area {row}",
        "document": "named rights of the area {row} in a programme or clause",
        "plan": "wrote a plan for the area {row}",
    },
    "custody": {
        "keep": "kept the institution of punishment without courts",
        "rename": "renamed the institution of punishment without courts",
        "abolish": "abolished the institution of punishment without courts",
    },
    "treaty": {
        "wait": "took no further step on {row}", "sign": "signed {row}", "ratify": "ratified {row}",
        "ratify_with_reservations": "ratified {row} with reservations",
    },
    "retaliate": {
        "let_pass": "let it pass what {row} did about a motion", "punish": "punished {row} for leading a motion",
        "reward": "rewarded {row} for leaving a motion",
    },
    "lobby": {
        "leave": "did not call on {row} about its vote", "visit": "called on {row} about its vote",
        "assist": "called on {row} about its vote and offered assistance",
    },
    "answer": {
        "hold": "kept {row} in detention and gave no answer",
        "tell": "told those who asked about {row}, and no more", "treat_better": "treated {row} better",
        "release": "released {row}", "exile": "released {row} into exile",
    },
    "detain": {"leave": "left {row} at liberty", "detain": "detained {row}"},
    "admission": {"tolerate": "tolerated {row}", "admit": "admitted {row}", "bar": "shut doors to {row}"},
    "state_report": {
        "on_time": "reported on {row} on time, without candour",
        "on_time_candid": "reported on {row} on time, candidly",
        "late": "reported on {row} late, without candour", "late_candid": "reported on {row} late, candidly",
    },
    "visit_answer": {
        "leave_pending": "left an expert who asked to visit on {row} without an answer",
        "restrict": "let an expert visit on {row} with restrictions", "invite": "invited an expert to visit on {row}",
        "refuse": "refused an expert who asked to visit on {row}",
    },
    "recommendation_answer": {"note": "took note of {row}, and no more", "accept": "accepted {row}"},
    "recommendation_action": {"leave": "had not acted on {row} by mid-term", "act": "had acted on {row} by mid-term"},
    "forum": {
        "merits": "spoke to the merits in {row}", "values": "spoke of its own values in {row}",
        "attack": "attacked its critic in {row}", "block": "used procedure in {row}",
    },
    "instrument": {
        "join": "joined a norm text before {row}", "dilute": "watered down a norm text before {row}",
        "opt_out": "opted out of a norm text before {row}", "own_text": "put up a text of its own before {row}",
        "oppose": "opposed a norm text before {row}",
    },
    "crackdown": {
        "hold": "sat unrest out", "concede": "gave way to unrest", "crack_down": "put unrest down by force",
    },
    "security": {
        "lower": "lowered its outlays on order", "keep": "kept its outlays on order",
        "raise": "raised its outlays on order",
    },
    "censor": {"ease": "eased censorship", "keep": "kept censorship as it was", "tighten": "tightened censorship"},
    "propaganda": {
        "none": "ran no campaign", "home": "ran a campaign at home", "abroad": "ran a campaign abroad",
        "both": "ran campaigns at home and abroad",
    },
    "charm": {
        "institutes": "founded cultural institutes in the region {row}",
        "loans": "gave loans and aid to the region {row}",
        "ceremony": "received visitors from the region {row} with ceremony",
        "media": "brought its own media to the region {row}",
        "courses": "gave courses for officers and officials of the region {row}",
    },
    "firm": {
        "ignore": "neither lobbied nor adopted a code", "lobby": "lobbied its own government",
        "adopt": "adopted a code of conduct",
    },
    "professions": {
        "wait": "did not claim the rights that their work needs in the area {row}",
        "push": "claimed the rights that their work needs in the area {row}",
    },
    "officials": {
        "ignore": "ignored a protest over {row}", "accommodate": "gave way to a protest over {row}",
        "repress": "put down a protest over {row}",
    },
    "move_no_action": {
        "wait": "did not move to take no action on the text", "move": "moved to take no action on the text",
    },
    "vote_no_action": {
        "yes": "voted for taking no action", "abstain": "abstained on taking no action",
        "no": "voted against taking no action", "absent": "missed the vote on taking no action",
    },
    "vote_text": {
        "no": "voted against the text", "abstain": "abstained on the text", "yes": "voted for the text",
        "absent": "missed the vote on the text",
    },
    "finding": {
        "nothing": "said nothing on {second}", "note": "took note of {second}", "concern": "was concerned at {second}",
        "urge": "urged action on {second}",
    },
    "take_up": {"leave": "took up no finding on {second}", "take_up": "took up a finding on {second}"},
    "visit_request": {"wait": "did not ask to visit on {second}", "ask": "asked to visit on {second}"},
    "urgent_appeal": {"none": "sent no appeal on {second}", "appeal": "sent an urgent appeal on {second}"},
    "stance": {
        "silent": "was silent on the focal state", "criticise": "criticised the focal state",
        "agree_projects": "agreed on projects with the focal state",
        "both": "criticised the focal state and agreed on projects with it",
    },
    "admit_complaint": {"reject": "rejected a complaint", "admit": "admitted a complaint"},
    "lend": {
        "lend": "lent to the focal state", "condition": "lent on conditions", "hold": "held its lending",
    },
    "expert_ballot": {
        "reject": "rejected a text on the focal state in a secret ballot of {row}",
        "adopt": "adopted a text on the focal state in a secret ballot of {row}",
    },
    "special_session": {"none": "called no special session of {row}", "call": "called a special session of {row}"},
    "mandate_renewal": {
        "renew": "renewed the mandate on {second}", "shorten": "shortened the mandate on {second}",
        "end": "ended the mandate on {second}",
    },
    "elect": {
        "no": "voted against a seat for the focal state", "yes": "voted for a seat of the focal state",
    },
    "recommend": {
        "none": "recommended nothing", "soft": "made a soft recommendation",
        "specific": "made a specific recommendation",
        "sensitive": "made a recommendation on a sensitive matter",
    },
    "ngo_focus": {"leave": "did not work on {second}", "work": "worked on {second}"},
    "ngo_tactic": {
        "document": "documented violations", "publicise": "went to the public", "brief_capital": "briefed capitals",
        "brief_un": "briefed UN bodies", "defend": "defended persons", "brand": "campaigned against a brand",
        "outreach": "reached out to people in the country", "train": "trained people", "win_allies": "won allies",
        "join": "joined with others",
    },
    "ngo_ally": {"stay_alone": "stayed out of joint campaigns", "join": "belonged to a joint campaign"},
    "ngo_circulate": {
        "leave": "carried no findings home", "carry": "carried home what committees had found",
    },
    "complaint": {
        "none": "filed no complaint", "file_labour": "filed a complaint on labour",
        "ask_inspection": "asked for an inspection of a project",
    },
    "grant": {
        "none": "gave nothing", "groups": "gave to groups", "state_organs": "gave to state organs",
        "both": "gave to groups and to state organs",
    },
}  # fmt: skip
"""Decision -> option -> phrase."""


SUBJECTS: dict[str, str] = {
    "canvass": "the sponsors of the motion", "professions": "lawyers, reporters and academics",
    "officials": "local officials", "expert_ballot": "the experts", "special_session": "the members",
}  # fmt: skip
"""Decision -> who takes it, where neither the row nor the focal state does."""


def phrase(decision: str, option: str, row: str, second: str = "") -> str:
    """Return what an option means as the second half of a sentence; its bare name where no phrase is known.

    Examples
    --------
    >>> phrase("answer", "release", "person_07")
    'released person_07'
    """
    said = PHRASES.get(decision, {}).get(option)
    if said is None:
        return f"chose '{option}' of {decision} ({', '.join(part for part in (row, second) if part)})"
    return said.format(row=row, second=second)
