"""Fields of leverage: will and stakes of senders, sanctions, trade conditions, needs, punishment and reward."""

from __future__ import annotations

from demarche.world.axes import SANCTIONS
from demarche.world.field_spec import FieldSpec, event, share

WORLD: tuple[str, ...] = ()
STATE = ("state",)
SENDER = ("sender",)

OF_SENDERS: tuple[FieldSpec, ...] = (
    share("sender_will", STATE, "will to raise rights with the focal state", initial="cast"),
    share("standing_will", STATE, "will to which it returns", "memory", "cast"),
    share("business_pull", STATE, "pull of firms and institutes at home against raising rights", "memory"),
    share("security_salience", STATE, "security need or rivalry that crowds out rights", "memory"),
    share("retaliation", STATE, "punishment by the focal state now in force", "memory"),
    share("favour", STATE, "reward by the focal state now in force", "memory"),
    FieldSpec("may_be_punished", STATE, "months", 0, 12, "months left in which leading a motion may be punished",
              "memory"),
    FieldSpec("may_be_rewarded", STATE, "months", 0, 12, "months left in which leaving may be rewarded", "memory"),
    FieldSpec("may_be_answered", STATE, "0 or 1", 0, 1, "may be punished or rewarded", "memory"),
    share("lead_mark", STATE, "led or sponsored alone within two years", "memory"),
    FieldSpec("exports_index", STATE, "multiplier", 0, 2, "exports to the focal state, against those of others",
              "memory", 1.0),
    event("retaliation_event", STATE, "answers to senders", ("punished", "rewarded")),
)  # fmt: skip

OF_SANCTIONS: tuple[FieldSpec, ...] = (
    FieldSpec("sanction_kind", SENDER, "position, 0 for none", 0, len(SANCTIONS), "sanction of a sender in force",
              "memory"),
    share("sanction_live", SENDER, "weight of the sanctions of a sender in force", "memory"),
    FieldSpec("may_sanction", SENDER, "0 or 1", 0, 1, "a sender able to impose sanctions", "memory"),
    share("lending_halted", WORLD, "share of multilateral lending that its shareholders hold back", "memory"),
    share("sanctions_felt", WORLD, "live sanctions by weight of those who impose them", "memory"),
    event("sanction_event", SENDER, "sanctions", (*SANCTIONS, "lifted")),
)

OF_NEEDS: tuple[FieldSpec, ...] = (
    share("standing_needs", WORLD, "need for trade, technology, seats and recognition without sanctions",
          initial="cast"),
    share("target_needs", WORLD, "need for trade, technology, seats and recognition", "memory", "start"),
    share("security_rivalry", WORLD, "security rivalry with the leading critic", "memory"),
    share("occasion", WORLD, "pull of an approaching summit, bid or games", "flow"),
)

OF_TRADE: tuple[FieldSpec, ...] = (
    FieldSpec("trade_talks_open", WORLD, "0 or 1", 0, 1, "talks on entry into the trade organisation are open", "data",
              "cast"),
    FieldSpec("in_trade_organisation", WORLD, "0 or 1", 0, 1, "is in the trade organisation", "memory", "cast"),
    share("trade_entry", WORLD, "enters the trade organisation this month, 1 in full", "flow"),
    event("trade_entry_event", WORLD, "entry into the trade organisation", ("entered",)),
    share("threat_credibility", WORLD, "belief that a trade condition would be enforced", initial="start"),
    share("condition_height", WORLD, "condition on the last or the coming renewal: none 0, vague 0.5, explicit 1",
          "memory"),
    FieldSpec("bill_pending", WORLD, "0 or 1", 0, 1,
              "the legislature has passed conditions on the last or the coming renewal", "memory"),
    FieldSpec("is_permanent", WORLD, "0 or 1", 0, 1, "trade privileges are permanent", "memory"),
    share("trade_condition", WORLD, "credible trade condition, two months before its date", "memory"),
    share("condition_explicit", WORLD, "explicitness of a condition near its date", "memory"),
    FieldSpec("answers_condition", STATE, "0 or 1", 0, 1, "an explicit condition of its own falls due", "memory"),
    event("condition_event", WORLD, "trade conditions at a deadline", ("met", "waived", "enforced")),
    event("tariff_event", WORLD, "conditions set, bills, permanent status",
          ("vague", "explicit", "bill", "permanent")),
)  # fmt: skip

LEVERAGE_FIELDS = OF_SENDERS + OF_SANCTIONS + OF_NEEDS + OF_TRADE
