from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import satisfaction

urlpatterns = [
    path("hai-long/", satisfaction.desks, name="satisfaction"),
    path("hai-long/<int:desk_id>/ket-thuc/", satisfaction.end, name="satisfaction_end"),
    path("hai-long/<int:desk_id>/ma.pdf", satisfaction.poster, name="satisfaction_poster"),
    path("hai-long/<int:desk_id>/phieu.pdf", satisfaction.slips, name="satisfaction_slips"),
    path("hai-long/<int:desk_id>/nhap-giay/", satisfaction.paper, name="satisfaction_paper"),
]
