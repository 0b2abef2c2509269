"""The server of a room: a thin shell that needs the extra `demarche[seminar]`, imported only when it serves."""
